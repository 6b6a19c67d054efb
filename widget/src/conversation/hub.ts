/**
 * `candor.hub.js`: everything legal in one place, and why a notice stands there. Loaded once it is asked for.
 */
import { openDialog, dialogCss } from '../elements/dialog.js';
import { isSafeAddress, make } from '../elements/dom.js';
import { paragraphs } from '../elements/notice.js';
import { sourcesOf } from '../elements/sources.js';
import { elementOf } from '../elements/style.js';
import { asFailure } from '../engine/error.js';
import { due } from '../stage.js';
import type { Decision, Notice } from '../types.js';
import type { Mount, See } from '../witness.js';
import { choicesIn, hubWordsIn } from '../words.js';

const css = `${dialogCss}
ul{list-style:none;margin:0;padding:0}
li,section,details{padding:0 1.25rem;border-block-start:1px solid var(--candor-line,var(--line))}
summary{padding-block:.75rem;cursor:pointer}
li>:is(a,button){display:flex;justify-content:space-between;align-items:center;gap:1rem;inline-size:100%;min-block-size:2.75rem;padding:0;border:0;background:none;color:inherit;
text-align:start;text-decoration:none;cursor:pointer}
li>:is(a,button):hover{text-decoration:underline}
time,dt{flex:none;font-size:.8125rem;color:var(--candor-soft,var(--soft))}
section{padding-block:.75rem}
section,details{font-size:.8125rem}
h3{margin:0 0 .25rem;font-size:.875rem;font-weight:600}
p{margin:.25rem 0}
dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem .875rem;margin:.25rem 0 .875rem}
dd{margin:0}
dd a,section a{display:inline-flex;align-items:center;min-block-size:1.5rem}
code{display:inline-block;font:.8125rem ui-monospace,Menlo,Consolas,monospace}
@media(max-width:22rem){dl{grid-template-columns:1fr}}
`;

/** Offers that the choices hold. */
const inChoices = ['withdraw', 'opt-out'];

export default function hub(mount: Mount): See {
  const { host, root } = elementOf('candor-hub', css);
  const open = async () => {
    try {
      show(await mount.ask({}));
    } catch (thrown) {
      for (const issue of asFailure(thrown, 'unavailable').errors) mount.report(issue);
    }
  };
  const show = (decision: Decision) => {
    const { consent } = decision;
    if (!consent || host.isConnected) return;
    const { lang, dir, actions, purposes } = consent;
    const words = hubWordsIn(lang);
    const title = actions.find(({ id }) => id === 'legal-hub')?.label ?? '';
    const asked = Object.values(purposes).some(({ kind }) => kind !== 'necessary');
    const links = [...decision.links, ...decision.moreLinks].filter(({ url }) => isSafeAddress(url));
    const elsewhere = [...inChoices, ...links.map(({ id }) => id)];
    const offer = ({ id, label }: Decision['offers'][number]) => button(label, () => mount.dispatch('action', { id, notice: '' }));
    openDialog({ host, root, title, part: 'hub', lang, dir },
      make('ul', { role: 'list' }, ...[
        ...links.map(linkOf),
        ...(asked ? [button(choicesIn(lang), () => {}, { 'data-candor-choices': '' })] : []),
        ...decision.offers.filter(({ id }) => !elsewhere.includes(id)).map(offer),
      ].map((way) => make('li', {}, way))),
      ...(decision.providers.length ? [make('section', {}, make('h3', {}, words.providers), ...decision.notices.filter(({ slots }) => slots.includes('legal-hub')).flatMap(paragraphs),
        ...decision.providers.map(({ name, policy }) => make('p', {}, isSafeAddress(policy) ? make('a', { href: policy, target: '_blank', rel: 'noopener' }, make('bdi', {}, name)) : make('bdi', {}, name))))] : []),
      make('details', {}, make('summary', {}, words.why), ...due(decision.notices).map((notice) => reasonOf(notice, decision, words))));
  };
  const button = (label: string, press: () => void, attributes = {}) => {
    const made = make('button', { type: 'button', ...attributes }, label);
    made.addEventListener('click', () => {
      root.querySelector('dialog')?.close();
      press();
    });
    return made;
  };
  return ({ type, detail }) => {
    if (type === 'action' && detail.id === 'legal-hub') void open();
    if (type === 'unmounted') root.querySelector('dialog')?.close();
  };
}

function linkOf({ label, url, updated, updatedText }: Decision['moreLinks'][number]): HTMLElement {
  return make('a', { href: url ?? '' }, label, !!updated && make('time', { datetime: updated }, updatedText));
}

/** Which clause asks for a notice, by which facts, and when a person last read it. */
function reasonOf({ text: { title }, satisfies, topic }: Notice, decision: Decision, words: ReturnType<typeof hubWordsIn>): HTMLElement {
  const behind = decision.obligations.filter((each) => each.topic === topic && satisfies.includes(each.rule));
  const facts = [...new Set(behind.flatMap(({ because }) => because))];
  const checked = behind.map(({ source }) => source.checked ?? '').sort().shift();
  const rows = [
    [words.reason, sourcesOf(decision, 'disclose', satisfies)],
    [words.facts, facts.map((fact) => make('code', { dir: 'ltr' }, fact))],
    [words.checked, checked ? [make('time', { datetime: checked }, checked)] : []],
  ] as const;
  return make('div', {}, make('h3', {}, title), make('dl', {}, ...rows.filter(([, values]) => values.length)
    .flatMap(([name, values]) => [make('dt', {}, name), make('dd', {}, ...values.flatMap((value, index) => [index ? ' · ' : '', value]))])));
}
