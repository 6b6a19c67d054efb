import { wordsIn } from '../words.js';
import { make } from './dom.js';
import { cardCss } from './prompt.js';
import { elementOf } from './style.js';

/** `<candor-reload>`: what has run cannot be unrun; the page offers to start anew. */
export function reloadView(close: () => void) {
  const { host, root } = elementOf('candor-reload', `${cardCss}p{margin-block-start:0}`);
  return {
    host,
    draw(lang: string, dir: string) {
      const words = wordsIn(lang);
      const buttons = ([['close', close], ['reload', () => location.reload()]] as const).map(([word, act]) => {
        const button = make('button', { type: 'button', part: word }, words[word]);
        button.addEventListener('click', act);
        return button;
      });
      root.replaceChildren(make('section', { role: 'status', part: 'reload', lang, dir }, make('p', {}, words.started), make('menu', { role: 'group' }, ...buttons)));
    },
  };
}
