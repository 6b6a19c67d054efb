import type { Action, ConsentEvent, Decision, Notice } from '../types.js';
import { fill, isSafeAddress, make } from './dom.js';
import { elementOf } from './style.js';

/** Buttons that stand for an answer are alike; `more` is a quieter way. */
export const buttonCss = `
menu{display:grid;grid-template-columns:repeat(auto-fit,minmax(8rem,1fr));gap:.625rem;margin:0;padding:0}
menu button{min-block-size:2.75rem;padding:.5rem .875rem;border:1.5px solid;border-radius:calc(var(--candor-radius,12px) - 2px);background:none;font-weight:600;cursor:pointer}
button.more{grid-column:1/-1;border-color:transparent;font-weight:500;text-decoration:underline}
@media(forced-colors:active){button.more{border-color:ButtonText}}
`;

/** A card at the foot of the window; what lies beside it can be used. */
export const cardCss = `
:host{position:fixed;z-index:2147483000;inset-block-end:0;inset-inline:0;pointer-events:none}
section{pointer-events:auto;max-inline-size:27rem;max-block-size:calc(100vh - 2rem);overflow:auto;margin:1rem;padding:1.25rem 1.25rem .75rem;background:var(--candor-card,var(--card));
border:1px solid var(--candor-line,var(--line));border-radius:var(--candor-radius,12px);overflow-wrap:anywhere}
h2{font-size:1.0625rem;line-height:1.3;font-weight:600;margin:0}
p{margin:.375rem 0 .875rem;color:var(--candor-soft,var(--soft))}
@media(prefers-reduced-motion:no-preference){section{animation:in .2s}@keyframes in{from{opacity:0}}}
@media(max-width:30rem){section{max-inline-size:none;margin:.5rem}}
@media print{:host{display:none}}
${buttonCss}`;

const css = `${cardCss}
p.ways{display:flex;flex-wrap:wrap;gap:0 1rem;margin:.25rem 0 0;font-size:.8125rem}
p.ways a{display:inline-flex;align-items:center;min-block-size:1.5rem}
`;

/**
 * `<candor-choices>`: asks. Not modal: it takes no focus and traps none; leaving it open is no choice. Reject and accept are alike;
 * choosing is a third way.
 */
export function promptView(decide: (event: Pick<ConsentEvent, 'type'>, click: Event) => void, choose: () => void) {
  const { host, root } = elementOf('candor-choices', css);
  return {
    host,
    draw(notice: Notice, links: Decision['links']) {
      const buttons = answersOf(notice.actions).map(({ id, label }) => {
        const button = make('button', { type: 'button', part: id, ...(id === 'choose' && { class: 'more' }) }, label);
        button.addEventListener('click', (click) => (id === 'choose' ? choose() : decide({ type: id }, click)));
        return button;
      });
      const ways = links.filter(({ url, satisfies }) => isSafeAddress(url) && satisfies.some((rule) => notice.satisfies.includes(rule)));
      fill(root, make('section', { 'aria-label': notice.text.title, part: 'choices', lang: notice.lang, dir: notice.dir },
        make('h2', {}, notice.text.title), make('p', {}, notice.text.body),
        ...notice.verbatim.map(({ lang, text }) => make('p', { lang }, text)),
        ...notice.also.map(({ lang, dir, text }) => make('p', { lang, dir }, make('b', {}, text.title), ` ${text.body ?? ''}`)),
        make('menu', { role: 'group' }, ...buttons),
        ways.length > 0 && make('p', { class: 'ways' }, ...ways.map(({ label, url }) => make('a', { href: url ?? '' }, label)))));
    },
  };
}

/** Ways to answer, refusing first. */
export function answersOf(actions: readonly Action[]) {
  const order = ['reject-all', 'accept-all', 'choose'] as const;
  return order.flatMap((id) => actions.filter((action) => action.id === id).map(({ label }) => ({ id, label })));
}
