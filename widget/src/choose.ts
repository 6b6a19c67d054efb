import type { ConsentPart } from './mount-notices.js';
import type { Store } from './store.js';
import type { ConsentEvent } from './types.js';

export type Choose = (event: Omit<ConsentEvent, 'now'>, click: Event) => void;

/** What a choice needs and where it goes. */
export type Choosing = Pick<Parameters<ConsentPart>[0], 'take' | 'dispatch' | 'apply'> & { readonly store: Store };

/** Takes a choice of the person: the click is answered on the screen, then the choice is stored, told and applied. */
export function chooser({ take, store, dispatch, apply }: Choosing, fail: (thrown: unknown) => void): Choose {
  return (event, { isTrusted: trusted }) => afterPaint(async () => {
    try {
      const { record, decision } = await take({ ...event, now: new Date().toISOString() });
      void store.write(record);
      dispatch('choice', { type: event.type, record, trusted });
      apply(decision);
    } catch (thrown) {
      fail(thrown);
    }
  });
}

function afterPaint(work: () => Promise<void>): void {
  const start = () => void setTimeout(() => void work());
  if (document.hidden) start();
  else requestAnimationFrame(start);
}
