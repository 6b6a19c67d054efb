import type { Consent, ConsentEvent, Decision, PurposeState } from '../types.js';
import { wordsIn } from '../words.js';
import { dialogCss, openDialog } from './dialog.js';
import { make } from './dom.js';
import { offersOf } from './offers.js';
import { answersOf, buttonCss } from './prompt.js';
import { serviceWords } from './service.js';
import { elementOf } from './style.js';

const css = `
${dialogCss}ul{list-style:none;margin:0;padding:0}
li{padding:.5rem 1.25rem;border-block-start:1px solid var(--candor-line,var(--line))}
li>*{display:flex;justify-content:space-between;align-items:center;gap:1rem;min-block-size:2.75rem;font-weight:600}
label{cursor:pointer}
i{font-style:normal;font-size:.8125rem;white-space:nowrap}
small{display:block;min-block-size:0;padding-block-end:.5rem;font-size:.8125rem;font-weight:400;color:var(--candor-soft,var(--soft))}
small a{display:inline-block;min-block-size:1.5rem}
input{appearance:none;position:relative;flex:none;inline-size:2.75rem;block-size:1.625rem;margin:0;border:1.5px solid var(--candor-soft,var(--soft));border-radius:1rem;cursor:inherit}
input::before{content:"";position:absolute;inset-block:.1875rem;inset-inline-start:.1875rem;inline-size:1.0625rem;border-radius:50%;background:var(--candor-soft,var(--soft))}
input:checked{border-color:var(--candor-accent,var(--accent));background:var(--candor-accent,var(--accent))}
input:checked::before{inset-inline-start:1.3125rem;background:var(--candor-card,var(--card))}
input:disabled{opacity:.5}
footer{padding:1rem 1.25rem;border-block-start:1px solid var(--candor-line,var(--line));background:inherit}
menu button[part=choose]{grid-column:1/-1}
menu [part=choose]{grid-column:1/-1}
@media(min-height:36rem){footer{position:sticky;inset-block-end:0}}
@media(forced-colors:active){input{appearance:auto}input::before{content:none}}
${buttonCss}
menu{grid-template-columns:1fr 1fr}
@media(max-width:22rem){menu{grid-template-columns:1fr}}
`;

/**
 * `<candor-centre>`: every purpose with who works for it and a switch, in a modal `<dialog>`: it keeps the focus, and gives it back. Closing
 * it is no choice. A switch stands as the gate stands now.
 */
export function centreView(decide: (event: Pick<ConsentEvent, 'type' | 'purposes'>, click: Event) => void) {
  const { host, root } = elementOf('candor-centre', css);
  const close = () => root.querySelector('dialog')?.close();
  return {
    close,
    /** @param focusElsewhere takes the focus where what had it is gone */
    open(decision: Decision, focusElsewhere: () => void) {
      const { consent } = decision;
      if (!consent || host.isConnected) return;
      const { lang, dir } = consent;
      const words = wordsIn(lang);
      const boxes = new Map<string, HTMLInputElement>();
      const answer = (type: ConsentEvent['type'], label: string, purposes?: () => ConsentEvent['purposes']) => {
        const chosen = make('button', { type: 'button', part: type, ...(type !== 'choose' && !type.endsWith('-all') && { class: 'more' }) }, label);
        chosen.addEventListener('click', (click) => {
          close();
          decide({ type, ...(purposes && { purposes: purposes() ?? {} }) }, click);
        });
        return chosen;
      };
      openDialog({ host, root, title: words.choices, part: 'centre', lang, dir, focusElsewhere },
        make('ul', { role: 'list' }, ...Object.entries(consent.purposes).map(([id, purpose]) => row(id, purpose, consent, boxes))),
        make('footer', {}, make('menu', { role: 'group' },
          ...answersOf(consent.actions).filter(({ id }) => id !== 'choose').map(({ id, label }) => answer(id, label)),
          boxes.size > 0 && answer('choose', words.save, () => Object.fromEntries([...boxes].map(([id, { checked }]) => [id, checked ? 'granted' as const : 'denied' as const]))),
          ...offersOf(decision).map(({ id, label }) => answer(id, label)))));
    },
  };
}

function row(id: string, { kind, label = id, state, model, services = [] }: PurposeState, { lang }: Consent, boxes: Map<string, HTMLInputElement>): HTMLElement {
  const who = services.map((service) => make('small', {}, ...serviceWords(service, lang)));
  if (kind === 'necessary') return make('li', {}, make('div', {}, label, make('i', {}, wordsIn(lang)['always-on'])), ...who);
  const box = make('input', { type: 'checkbox', role: 'switch' });
  box.checked = state === 'granted';
  box.disabled = model === 'prohibited';
  if (!box.disabled) boxes.set(id, box);
  return make('li', {}, make('label', {}, label, box), ...who);
}
