import { besideFrame } from './beside.js';
import type { Adapter } from './host.js';

type Intercom = (call: 'onShow' | 'onHide', heard: () => void) => unknown;

/**
 * Intercom's Messenger, by its documented calls `onShow` and `onHide` (https://developers.intercom.com/installing-intercom/web/methods). Nothing
 * of a message leaves it: labels are to be set in the workspace, and a hand-over to be told by `update({ answeredBy: 'human' })`.
 */
export function intercom({ Intercom = (globalThis as { Intercom?: Intercom }).Intercom }: { readonly Intercom?: Intercom | undefined } = {}): Adapter {
  return besideFrame({
    listen(opened) {
      // What was told once cannot be told off.
      let heard: typeof opened | undefined = opened;
      Intercom?.('onShow', () => heard?.(true));
      Intercom?.('onHide', () => heard?.(false));
      return () => {
        heard = undefined;
      };
    },
  });
}

export default intercom;
