import type { Consent, ConsentEvent, Decision, Notice } from '../types.js';
import { isSafeAddress, make } from './dom.js';
import { elementOf } from './style.js';

const css = `
:host{position:fixed;z-index:2147483000;inset-block-end:0;inset-inline:0;pointer-events:none}
section{pointer-events:auto;max-inline-size:27rem;max-block-size:calc(100vh - 2rem);overflow:auto;margin:1rem;padding:1.25rem 1.25rem .75rem;background:var(--candor-card,var(--card));
border:1px solid var(--candor-line,var(--line));border-radius:var(--candor-radius,12px);overflow-wrap:anywhere}
h2{font-size:1.0625rem;line-height:1.3;font-weight:600;margin:0}
p{margin:.375rem 0 .875rem;color:var(--candor-soft,var(--soft))}
ul{list-style:none;margin:0 0 .875rem;padding:0}
li{border-block-start:1px solid var(--candor-line,var(--line))}
label{display:flex;justify-content:space-between;align-items:center;gap:.75rem;min-block-size:2.75rem;cursor:pointer}
input{inline-size:1.25rem;block-size:1.25rem;margin:0;accent-color:var(--candor-accent,var(--accent));flex:none}
menu{display:grid;grid-template-columns:repeat(auto-fit,minmax(8rem,1fr));gap:.625rem;margin:0;padding:0}
button{min-block-size:2.75rem;padding:.5rem .875rem;border:1.5px solid;border-radius:calc(var(--candor-radius,12px) - 2px);background:none;font-weight:600;cursor:pointer}
button.more{grid-column:1/-1;border-color:transparent;font-weight:500;text-decoration:underline}
@media(prefers-reduced-motion:no-preference){section{animation:in .2s}@keyframes in{from{opacity:0}}}
@media(forced-colors:active){button.more{border-color:ButtonText}}
@media(max-width:30rem){section{max-inline-size:none;margin:.5rem}}
`;

/**
 * `<candor-choices>`: asks. Not modal: it takes no focus and traps none; leaving it open is no choice. Reject and accept are alike;
 * choosing is a third way, with nothing ticked beforehand.
 */
export function promptView(decide: (event: Omit<ConsentEvent, 'now'>, click: Event) => void) {
  const { host, root } = elementOf('candor-choices', css);
  return {
    host,
    draw(notice: Notice, consent: Consent, links: Decision['links']) {
      const boxes = new Map<string, HTMLInputElement>();
      const list = make('ul', { hidden: '' });
      for (const [id, purpose] of Object.entries(consent.purposes)) {
        if (purpose.kind === 'necessary') continue;
        const box = make('input', { type: 'checkbox' });
        boxes.set(id, box);
        list.append(make('li', {}, make('label', {}, purpose.label ?? id, box)));
      }
      const buttons = notice.actions.map(({ id, label }) => {
        const address = links.find((link) => link.id === id)?.url;
        if (isSafeAddress(address)) return make('a', { href: address }, label);
        const button = make('button', { type: 'button', part: id }, label);
        if (id === 'choose') {
          button.className = 'more';
          button.setAttribute('aria-expanded', 'false');
        }
        button.addEventListener('click', (click) => {
          if (id !== 'choose') return decide({ type: id as ConsentEvent['type'] }, click);
          if (!list.hidden) return decide({ type: id, purposes: ticked(boxes) }, click);
          list.hidden = false;
          button.setAttribute('aria-expanded', 'true');
        });
        return button;
      });
      root.replaceChildren(make('section', { 'aria-label': notice.text.title, part: 'choices', lang: notice.lang, dir: notice.dir },
        make('h2', {}, notice.text.title), make('p', {}, notice.text.body),
        ...notice.verbatim.map(({ lang, text }) => make('p', { lang }, text)),
        ...notice.also.map(({ lang, dir, text }) => make('p', { lang, dir }, make('b', {}, text.title), ` ${text.body ?? ''}`)),
        list, make('menu', { role: 'group' }, ...buttons)));
    },
  };
}

function ticked(boxes: ReadonlyMap<string, HTMLInputElement>): Record<string, 'granted' | 'denied'> {
  return Object.fromEntries([...boxes].map(([id, box]) => [id, box.checked ? 'granted' : 'denied']));
}
