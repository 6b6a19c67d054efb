import { besideFrame } from './beside.js';
import type { Adapter, Speaker } from './host.js';

/** What is read of a message that Zendesk is about to show; the rest is handed on as it came. */
export interface ZendeskMessage {
  readonly content?: { readonly type?: string; readonly text?: string };
  readonly metadata?: Readonly<Record<string, unknown>>;
}

type Zendesk = (...call: unknown[]) => unknown;

/**
 * Zendesk's messaging widget, by its documented calls: `messenger:on` `open` and `close`, and `messenger:set` `beforeMessageDisplay`, which
 * may rewrite what the business says (https://developer.zendesk.com/api-reference/widget-messaging/web/core). The label stands before the
 * text, in words, for a frame takes no style of ours. `by` says who wrote a message, from its metadata; default: `metadata.answeredBy`,
 * else the AI. Only one `beforeMessageDisplay` is heard: `before` is yours, called first.
 */
export function zendesk({ by = ofMetadata, before = (message) => message, zE = global() }: {
  readonly by?: (message: ZendeskMessage) => Speaker | undefined;
  readonly before?: (message: ZendeskMessage, data: unknown) => ZendeskMessage | null;
  readonly zE?: Zendesk | undefined;
} = {}): Adapter {
  let words: string | undefined;
  // History keeps its label, and gets the one that was last due.
  let last = '';
  return besideFrame({
    label(text) {
      words = text;
      last = text ?? last;
    },
    listen(opened, tell) {
      const stops = [
        zE?.('messenger:on', 'open', () => opened(true)),
        zE?.('messenger:on', 'close', () => opened(false)),
      ];
      zE?.('messenger:set', 'beforeMessageDisplay', (message: ZendeskMessage, data: unknown) => {
        const own = before(message, data);
        if (!own) return own;
        const speaker = by(own);
        if (speaker) tell(speaker);
        const text = own.content?.text;
        const label = speaker === 'human' ? '' : speaker === 'ai' ? last : words;
        return label && text !== undefined ? { ...own, content: { ...own.content, text: `${label}: ${text}` } } : own;
      });
      return () => {
        for (const stop of stops) if (typeof stop === 'function') (stop as () => void)();
        zE?.('messenger:set', 'beforeMessageDisplay', before);
      };
    },
  });
}

export default zendesk;

function ofMetadata({ metadata }: ZendeskMessage): Speaker | undefined {
  const who = metadata?.['answeredBy'];
  return who === 'human' || who === 'ai' ? who : undefined;
}

function global(): Zendesk | undefined {
  return (globalThis as { zE?: Zendesk }).zE;
}
