import { besideFrame } from './beside.js';
import type { Adapter, Speaker } from './host.js';

/** What is read of a message that came in. */
export interface CrispMessage {
  readonly from?: string;
  readonly origin?: string;
  readonly automated?: boolean;
  readonly user?: { readonly type?: string; readonly nickname?: string };
}

interface Queue {
  push(call: readonly unknown[]): unknown;
}

/**
 * Crisp's chatbox, by the documented events of `$crisp`: `chat:opened`, `chat:closed`, `message:received`
 * (https://docs.crisp.chat/guides/chatbox-sdks/web-sdk/dollar-crisp). A message cannot be changed: labels are to be set in the bot. `by` says
 * who wrote one; without it a hand-over is to be told by `update({ answeredBy: 'human' })`.
 */
export function crisp({ by }: { readonly by?: (message: CrispMessage) => Speaker | undefined } = {}): Adapter {
  return besideFrame({
    listen(opened, tell) {
      const queue = ((globalThis as { $crisp?: Queue }).$crisp ??= []);
      let heard = true;
      const on = (event: string, act: (detail: CrispMessage) => void) => queue.push(['on', event, (detail: CrispMessage) => void (heard && act(detail))]);
      on('chat:opened', () => opened(true));
      on('chat:closed', () => opened(false));
      on('message:received', (message) => {
        const speaker = by?.(message);
        if (speaker) tell(speaker);
      });
      // `off` would take away the page's own listeners too.
      return () => {
        heard = false;
      };
    },
  });
}

export default crisp;
