import { adopt, sheetOf } from '../elements/style.js';
import type { Messages, Speaker } from './host.js';

const person = 'data-candor-person';

/** The messages that carry the label, where one is due or was. */
export function labelled({ row, ai }: Messages): string {
  return `${row}:not([${person}]) ${ai}`;
}

/** Tells of each message by whom it is: as the host's data say, else by whoever answers `now`, when it is first seen. */
export function authors() {
  const known = new WeakSet<Element>();
  return (root: ParentNode, { row, by }: Messages, now: Speaker, tell: (message: Element, by: Speaker) => void) => {
    for (const message of root.querySelectorAll(row)) {
      const author = by?.(message);
      if (!author && known.has(message)) continue;
      known.add(message);
      tell(message, author ?? now);
    }
  };
}

/**
 * Labels the assistant's messages by style alone: the text is never touched, and a host may draw itself anew. While there is no
 * label, because a person answers, new messages are set apart, so that history keeps its labels and theirs get none.
 */
export function labels(messages: Messages) {
  const tellApart = authors();
  let sheet: CSSStyleSheet | undefined;
  let root: ShadowRoot | Document | undefined;
  let text: string | undefined;
  let ever = false;

  const check = () => {
    if (!root || !ever) return;
    adopt(root, sheet);
    tellApart(root, messages, text === undefined ? 'human' : 'ai', (message, by) => message.toggleAttribute(person, by === 'human'));
  };
  return {
    check,
    apply(within: ShadowRoot | Document, label: string | undefined) {
      check();
      root = within;
      text = label;
      if (label !== undefined) {
        ever = true;
        sheet ??= sheetOf('');
        sheet?.replaceSync(`${labelled(messages)}::before{content:${JSON.stringify(label)};display:block;inline-size:fit-content;
margin-block-end:.25rem;padding-inline:.25rem;border:1px solid;border-radius:4px;font:600 .6875rem/1rem system-ui,sans-serif}`);
      }
      check();
    },
    stop() {
      if (root && sheet) root.adoptedStyleSheets = root.adoptedStyleSheets.filter((other) => other !== sheet);
    },
  };
}
