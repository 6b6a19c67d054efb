import { adopt, sheetOf } from '../elements/style.js';
import type { Messages } from './host.js';

const person = 'data-candor-person';

/**
 * Labels the assistant's messages by style alone: the text is never touched, and a host may draw itself anew. While there is no
 * label, because a person answers, new messages are set apart, so that history keeps its labels and theirs get none.
 */
export function labels({ row, ai, by }: Messages) {
  let sheet: CSSStyleSheet | undefined;
  let root: ShadowRoot | Document | undefined;
  let labelled = new WeakSet<Element>();
  let text: string | undefined;
  let ever = false;

  const check = () => {
    if (!root || !ever) return;
    adopt(root, sheet);
    for (const message of root.querySelectorAll(row)) {
      const author = by?.(message);
      if (!author && labelled.has(message)) continue;
      labelled.add(message);
      message.toggleAttribute(person, author ? author === 'human' : text === undefined);
    }
  };
  return {
    check,
    apply(within: ShadowRoot | Document, label: string | undefined) {
      check();
      if (within !== root) labelled = new WeakSet();
      root = within;
      text = label;
      if (label !== undefined) {
        ever = true;
        sheet ??= sheetOf('');
        sheet?.replaceSync(`${row}:not([${person}]) ${ai}::before{content:${JSON.stringify(label)};display:block;inline-size:fit-content;
margin-block-end:.25rem;padding-inline:.25rem;border:1px solid;border-radius:4px;font:600 .6875rem/1rem system-ui,sans-serif}`);
      }
      check();
    },
    stop() {
      if (root && sheet) root.adoptedStyleSheets = root.adoptedStyleSheets.filter((other) => other !== sheet);
    },
  };
}
