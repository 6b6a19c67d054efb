import type { Adapter, Place, Speaker } from './host.js';
import { dress } from './style.js';

/** What an adapter for a vendor's widget does with the calls that the vendor documents. */
export interface Vendor {
  /** Says when the chat opens and closes; `tell` says who answers. What comes back stops it. */
  readonly listen: (opened: (open: boolean) => void, tell: (by: Speaker) => void) => () => void;
  readonly label?: Adapter['label'];
}

const beside = '[data-candor-beside]';
const place: Place = { selector: beside, at: 'last', inPage: true };

/**
 * For a vendor's widget in a frame of its own, which the page cannot reach into: notices stand beside it while the chat is open, to the left of
 * its usual corner, on narrow screens at the top, over it. `--candor-beside` is how far from the edge the chat ends. Mount it on `body`.
 */
export function besideFrame({ listen, label }: Vendor): Adapter {
  return {
    slots: { 'before-chat': place, 'chat-header': place, 'first-message': place, composer: place },
    ...(label && { label }),
    use(root, tell) {
      const undress = dress(root, `${beside}{position:fixed;z-index:2147483001;inset-block-end:1.25rem;inset-inline-end:var(--candor-beside,27rem);inline-size:20rem;
max-block-size:calc(100vh - 2.5rem);overflow:auto;border-radius:12px}
${beside}[hidden]{display:none}
@media(max-width:52rem){${beside}{inset-block:0 auto;inset-inline:0;inline-size:auto;max-block-size:40vh;border-radius:0}}`);
      const box = document.createElement('div');
      box.toggleAttribute('data-candor-beside');
      box.hidden = true;
      // The page may take it away; the notices in it are put back by themselves.
      const stay = () => box.isConnected || document.body.append(box);
      const observer = new MutationObserver(stay);
      observer.observe(document, { childList: true, subtree: true });
      stay();
      const stop = listen((open) => {
        box.hidden = !open;
      }, tell);
      return () => {
        stop();
        observer.disconnect();
        box.remove();
        undress();
      };
    },
  };
}
