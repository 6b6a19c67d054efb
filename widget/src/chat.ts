/**
 * The question that a chat asks before the first message: what may become of what is written there. It stands in the chat and takes no focus;
 * until it is answered a message stays where it was typed. A file of its own, which a page loads when it is to ask.
 */
import { chooser, type Choosing } from './choose.js';
import { questionView } from './elements/question.js';
import { asFailure } from './engine/error.js';
import { composerOf, type Chat } from './hosts/composer.js';
import { hold } from './hosts/hold.js';
import { asksIn } from './in-chat.js';
import type { Own } from './stage.js';
import type { Decision, Issue } from './types.js';

/** What is to stand in the chat. Where it is nothing, messages are sent again. */
export type ChatQuestion = (decision: Decision) => readonly Own[];

export function chatQuestion({ host: chat, ...choosing }: Choosing & { readonly host: Chat }): ChatQuestion {
  const report = (issue: Issue) => choosing.dispatch('error', issue);
  const choose = chooser(choosing, (thrown) => asFailure(thrown, 'unavailable').errors.forEach(report));
  let asked: readonly string[] = [];
  let release: (() => void) | undefined;
  const view = questionView((state, click) => choose({ type: 'choose', purposes: Object.fromEntries(asked.map((id) => [id, state])) }, click));
  const begin = () => {
    if (!composerOf(chat)) report({ code: 'no-composer', path: '', message: 'the host does not let a message wait: it has to ask before it sends' });
    return hold(chat, view);
  };
  return (decision) => {
    const purposes = asksIn(decision, 'before-chat');
    asked = purposes.map(([id]) => id);
    const { consent } = decision;
    if (!consent || !asked.length) {
      release?.();
      release = undefined;
      return [];
    }
    view.draw(purposes, consent);
    release ??= begin();
    return [{ node: view.host, draw: () => view.draw(purposes, consent, true), at: composerOf(chat)?.question, slots: ['before-chat', 'chat-header'] }];
  };
}
