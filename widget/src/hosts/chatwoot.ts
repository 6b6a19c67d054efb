import { besideFrame } from './beside.js';
import type { Adapter, Speaker } from './host.js';

/** What is read of a message that came in. */
export interface ChatwootMessage {
  readonly sender_type?: string;
  readonly sender?: { readonly type?: string; readonly name?: string };
}

/**
 * Chatwoot's website widget, a frame of another origin, by the events it sends to the page: `chatwoot:opened`, `chatwoot:closed` and
 * `chatwoot:on-message` (https://www.chatwoot.com/hc/user-guide). A message of an agent bot is the AI's, one of a user (an agent) a person's;
 * `by` may know better. Labels are to be set in the bot.
 */
export function chatwoot({ by = ofSender }: { readonly by?: (message: ChatwootMessage) => Speaker | undefined } = {}): Adapter {
  return besideFrame({
    listen(opened, tell) {
      const heard: Readonly<Record<string, (event: Event) => void>> = {
        'chatwoot:opened': () => opened(true),
        'chatwoot:closed': () => opened(false),
        'chatwoot:on-message': (event) => {
          const speaker = by((event as CustomEvent<ChatwootMessage>).detail);
          if (speaker) tell(speaker);
        },
      };
      for (const [type, hear] of Object.entries(heard)) addEventListener(type, hear);
      return () => {
        for (const [type, hear] of Object.entries(heard)) removeEventListener(type, hear);
      };
    },
  });
}

export default chatwoot;

function ofSender({ sender_type, sender }: ChatwootMessage): Speaker | undefined {
  const type = (sender_type ?? sender?.type ?? '').toLowerCase().replace('_', '');
  if (type === 'agentbot' || type === 'captain::assistant') return 'ai';
  return type === 'user' ? 'human' : undefined;
}
