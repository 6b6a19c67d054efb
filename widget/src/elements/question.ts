import { lookup } from '../baseline.js';
import type { Consent, PurposeState } from '../types.js';
import { make } from './dom.js';
import { buttonCss } from './prompt.js';
import { serviceWords } from './service.js';
import { elementOf } from './style.js';

/** The widget's own words by language: the build takes them from locales/. */
declare const CANDOR_CHAT_WORDS: Readonly<Record<string, Readonly<Record<'title' | 'body' | 'accept' | 'decline' | 'wait', string>>>>;

const css = `
:host{min-block-size:0;max-block-size:20rem;overflow:auto;background:var(--candor-card,var(--card));border-block:1px solid var(--candor-line,var(--line))}
section{padding:.625rem 1rem 0;overflow-wrap:anywhere;background:inherit}
p,ul{margin:0}
ul{padding-inline-start:1.25rem;margin-block-start:.25rem}
div{position:sticky;inset-block-end:0;padding-block:.5rem;background:inherit}
small{font-size:.8125rem;color:var(--candor-soft,var(--soft))}
[role=status]{font-weight:600}
${buttonCss}
menu{grid-template-columns:1fr 1fr}
menu button{padding-inline:.25rem}`;

export interface QuestionView {
  readonly host: HTMLElement;
  /** @param anew draws also what stands already: a page took its listeners away */
  draw(purposes: readonly [string, PurposeState][], consent: Consent, anew?: boolean): void;
  /** Says, in place of the title, that a message waits for the answer. */
  wait(): void;
}

/** `<candor-question>`: asks in the chat. Both answers are alike; it takes no focus, and leaving it open is no answer. */
export function questionView(answer: (state: 'granted' | 'denied', click: Event) => void): QuestionView {
  const { host, root } = elementOf('candor-question', css);
  const status = make('p', { role: 'status' });
  let words: (typeof CANDOR_CHAT_WORDS)[string] | undefined;
  let drawn = '';
  return {
    host,
    draw(purposes, { lang, dir }, anew = false) {
      const now = JSON.stringify([purposes, lang]);
      if (now === drawn && !anew) return;
      drawn = now;
      words = CANDOR_CHAT_WORDS[lookup([lang], Object.keys(CANDOR_CHAT_WORDS))];
      if (!words) return;
      const buttons = ([['denied', words.decline], ['granted', words.accept]] as const).map(([state, label]) => {
        const button = make('button', { type: 'button', part: state }, label);
        button.addEventListener('click', (click) => answer(state, click));
        return button;
      });
      status.textContent = words.title;
      root.replaceChildren(make('section', { 'aria-label': words.title, part: 'question', lang, dir },
        status, make('p', {}, words.body),
        make('ul', { role: 'list' }, ...purposes.map(([id, { label = id, services = [] }]) =>
          make('li', {}, label, ...services.map((service) => make('small', {}, ' ', ...serviceWords(service, lang)))))),
        make('div', {}, make('menu', { role: 'group' }, ...buttons))));
    },
    wait() {
      status.textContent = words?.wait ?? '';
      host.scrollIntoView({ block: 'nearest' });
    },
  };
}
