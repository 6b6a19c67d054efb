import type { ChatQuestion } from './chat.js';
import type { Choosing } from './choose.js';
import type { ConsentPart } from './mount-notices.js';
import { part } from './parts.js';
import type { Decision, PurposeState, Slot } from './types.js';

/** The purposes that the person is to be asked about in a slot. */
export function asksIn(decision: Decision | undefined, slot: Slot): [string, PurposeState][] {
  return Object.entries(decision?.consent?.purposes ?? {}).filter(([, { ask }]) => ask === slot);
}

/**
 * What asks in the chat about what becomes of its words, before the first message. What draws the question and holds the message back is a
 * file of its own, loaded where a decision asks.
 * @param ready called when it is there: what comes back has more to say then
 */
export function inChat(context: Parameters<ConsentPart>[0] & Choosing, ready: () => void): ChatQuestion {
  let question: ChatQuestion | undefined;
  let loading: Promise<void> | undefined;
  return (decision) => {
    if (asksIn(decision, 'before-chat').length) {
      loading ??= part(context.options.base, 'chat').then((file) => {
        question = file.chatQuestion(context);
        ready();
      }).catch((thrown: unknown) => context.dispatch('error', { code: 'unavailable', path: '', message: String(thrown) }));
    }
    return question?.(decision) ?? [];
  };
}
