/**
 * Marks of AI output in a page: `candor/marks`, or `candor.marks.js` beside the other files, which nothing else loads.
 *
 *     const unmark = markPage(engine.mark({ channel: 'blog' }), document.querySelectorAll('[data-by-ai]'));
 */
import { markElement, unmarkElement } from './mark-element.js';
import type { Form, Marks } from './types.js';

/**
 * Puts `meta` and JSON-LD into the head, where the page itself was made by AI, and the attributes on `elements`, as far as the marks have values
 * for them. What is marked already keeps its mark, and a page has one `meta`. Answers what takes away again what was put in.
 */
export function markPage({ marks }: Marks, elements: Iterable<Element> = []): () => void {
  const values = Object.fromEntries(marks.flatMap((mark) => Object.entries(mark.values))) as Partial<Record<Form, string>>;
  const { meta, 'json-ld': data, 'html-attribute': origin } = values;
  const undo: (() => void)[] = [];

  const put = (element: Element) => {
    document.head.append(element);
    undo.push(() => element.remove());
  };
  if (meta && !document.querySelector('meta[name=ai-disclosure i]')) put(Object.assign(document.createElement('meta'), { name: 'ai-disclosure', content: meta }));
  if (data) put(dataBlock(data));
  for (const element of origin ? elements : []) if (markElement(element, origin ?? '')) undo.push(() => unmarkElement(element));
  return () => undo.splice(0).forEach((each) => each());
}

/** A script element that holds data. A copy of one that has run is never run, so that Trusted Types do not take its text for code. */
function dataBlock(data: string): Element {
  const ran = document.currentScript ?? document.querySelector('script');
  const script = (ran?.cloneNode() ?? document.createElement('script')) as HTMLScriptElement;
  for (const { name } of [...script.attributes]) script.removeAttribute(name);
  script.type = 'application/ld+json';
  script.append(data);
  return script;
}
