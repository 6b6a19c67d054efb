import { asFailure } from './engine/error.js';
import { copyLabelled } from './hosts/copy.js';
import { byAi, messagesIn, type Speaker } from './hosts/host.js';
import { authors } from './hosts/labels.js';
import { markElement, unmarkElement } from './mark-element.js';
import { labelOf } from './stage.js';
import type { Decision } from './types.js';
import type { Mount, See } from './witness.js';

/**
 * What messages by AI carry besides the label on the screen: the attributes that mark them, and their label in what is copied. It comes with
 * the engine, since only the engine knows what an attribute says.
 */
export function messageMarks({ host, facts, ask, report }: Mount): See {
  const origins = new WeakMap<Element, string | undefined>();
  const ours = new WeakSet<Element>();
  const tellApart = authors();
  let words: string | undefined;
  let origin: string | undefined;
  /** Undefined: nothing is marked yet, or it is being asked what is. */
  let speaker: Speaker | undefined;
  let latest: Decision | undefined;

  const root = () => host.element && messagesIn(host.element, host.adapter);
  const all = () => {
    const { messages } = host.adapter;
    return messages ? [...root()?.querySelectorAll(byAi(messages)) ?? []].map((message) => ({ message, row: message.closest(messages.row) })) : [];
  };
  const check = () => {
    const { messages } = host.adapter;
    const within = root();
    for (const watched of [document, host.element?.shadowRoot, within]) if (watched) observer.observe(watched, { childList: true, subtree: true });
    if (!messages || !within || !speaker) return;
    tellApart(within, messages, speaker, (row, by) => origins.set(row, by === 'ai' ? origin : undefined));
    for (const { message, row } of all()) {
      const due = row && origins.get(row);
      if (due) {
        if (markElement(message, due)) ours.add(message);
      } else unmark(message);
    }
  };
  const unmark = (message: Element) => {
    if (ours.delete(message)) unmarkElement(message);
  };
  const observer = new MutationObserver(check);

  const follow = async (decision: Decision) => {
    check();  // what stands was written while the former one held
    latest = decision;
    speaker = undefined;
    words = labelOf(decision) ?? words;
    const isDue = decision.marks.some(({ forms }) => forms.includes('html-attribute')) && facts()['answeredBy'] !== 'mixed';
    const found = isDue ? (await ask({}, 'mark')).marks.map(({ values }) => values['html-attribute']).find(Boolean) : undefined;
    if (latest !== decision) return;
    origin = found ?? origin;
    speaker = found ? 'ai' : origin ? 'human' : undefined;
    check();
  };
  const copied = (event: ClipboardEvent) => {
    const within = root();
    const { messages } = host.adapter;
    if (within && messages && !event.defaultPrevented) copyLabelled(event, within, messages, words);
  };
  // A host's own way of copying comes first.
  addEventListener('copy', copied);

  return ({ type, detail }) => {
    if (type === 'decision') {
      follow(detail).catch((thrown: unknown) => {
        for (const issue of asFailure(thrown, 'unavailable').errors) report(issue);
      });
    }
    if (type === 'stands') check();
    if (type !== 'unmounted') return;
    latest = undefined;
    observer.disconnect();
    removeEventListener('copy', copied);
    for (const { message } of all()) unmark(message);
  };
}
