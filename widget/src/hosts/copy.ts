import { isMarked } from '../mark-element.js';
import { byAi, type Messages } from './host.js';
import { labelled } from './labels.js';

/**
 * Puts `words` before each labelled message in what is copied, as text and as HTML, which keeps the marks of its elements. What is written into,
 * and what holds nothing by AI, the browser copies as ever.
 */
export function copyLabelled(event: ClipboardEvent, root: ShadowRoot | Document, messages: Messages, words: string | undefined): void {
  const path = event.composedPath();
  const selection = document.getSelection();
  const range = selection && rangeOf(selection, [root, ...path]);
  const { clipboardData } = event;
  if (!clipboardData || !range || range.collapsed || isField(path[0])) return;

  // Runs and loads nothing of what is copied into it.
  const inert = document.implementation.createHTMLDocument();
  const text = selection.toString();
  let plain = '';
  /** How much of `text` is in `plain`, and how much of it was found in the page. */
  let taken = 0;
  let found = 0;
  let isTouched = false;
  /** The message whose first words are still to come. */
  let begins: Element | undefined;

  const isLabelled = (element: Element) => words !== undefined && element.matches(labelled(messages));
  const isMessage = (element: Element) => element.matches(byAi(messages)) && (isLabelled(element) || isMarked(element));
  const copyText = ({ data }: Text, from: number, to: number) => {
    const part = data.slice(from, to);
    const match = part.trim() && wordsOf(part, text, found);
    if (match) {
      if (begins && isLabelled(begins)) {
        plain += `${text.slice(taken, match.index)}${words ?? ''}\n`;
        taken = match.index;
      }
      isTouched ||= !!begins;
      begins = undefined;
      found = match.index + match[0].length;
    }
    return inert.createTextNode(part);
  };
  const copyInto = (element: Element, fill: () => Node[]) => {
    const copy = inert.importNode(element);
    // An address within this page leads nowhere in another place.
    if (element instanceof HTMLAnchorElement && element.href) copy.setAttribute('href', element.href);
    if (element instanceof HTMLImageElement && element.src) copy.setAttribute('src', element.src);
    if (!isMessage(element)) {
      copy.append(...fill());
      return copy;
    }
    begins = element;
    copy.append(...fill());
    if (!begins && isLabelled(element)) copy.prepend(Object.assign(inert.createElement('small'), { textContent: words }), inert.createElement('br'));
    begins = undefined;
    return copy;
  };
  const copyOf = (node: Node): Node[] => {
    if (!range.intersectsNode(node)) return [];
    if (node instanceof Text) return [copyText(node, node === range.startContainer ? range.startOffset : 0, node === range.endContainer ? range.endOffset : node.length)];
    const copies = () => [...node.childNodes].flatMap(copyOf);
    if (!(node instanceof Element)) return copies();
    return getComputedStyle(node).display === 'none' ? [] : [copyInto(node, copies)];
  };

  const common = range.commonAncestorContainer;
  const around = outwards(common).find((each) => each !== common && isMessage(each));
  const box = inert.createElement('div');
  box.append(...around ? [copyInto(around, () => copyOf(common))] : copyOf(common));
  if (!isTouched) return;
  clipboardData.setData('text/plain', plain + text.slice(taken));
  clipboardData.setData('text/html', new XMLSerializer().serializeToString(box));
  event.preventDefault();
}

/** What is selected, as a range of the innermost of these roots that holds all of it; undefined where a browser does not say. */
function rangeOf(selection: Selection, path: readonly EventTarget[]): Range | undefined {
  const shadowRoots = path.filter((each) => each instanceof ShadowRoot);
  const range = document.createRange();
  try {
    // Before 2025 Chromium knows it by root, Firefox by the document; Safari 17 takes no options, and says nothing.
    const [root] = shadowRoots as readonly { getSelection?: () => Selection | null }[];
    const within = root?.getSelection?.() ?? selection;
    const [{ startContainer, startOffset, endContainer, endOffset } = within.getRangeAt(0)] = selection.getComposedRanges?.({ shadowRoots }) ?? [];
    range.setStart(startContainer, startOffset);
    range.setEnd(endContainer, endOffset);
    return range;
  } catch {
    return undefined;
  }
}

/** Where the words of `part` stand in `text` from `start` on: what is copied has other blanks than the page. */
function wordsOf(part: string, text: string, start: number): RegExpExecArray | null {
  const words = part.trim().split(/\s+/).map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  const pattern = new RegExp(words.join('\\s+'), 'gi');
  pattern.lastIndex = start;
  return pattern.exec(text);
}

/** The elements that a node is in, itself one of them, through shadow roots. */
function outwards(node: Node | null): Element[] {
  if (!node) return [];
  const outer = outwards(node instanceof ShadowRoot ? node.host : node.parentNode);
  return node instanceof Element ? [node, ...outer] : outer;
}

function isField(target: EventTarget | undefined): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}
