import { adapterFor } from '../hosts/known.js';
import type { Adapter } from '../hosts/host.js';
import { own } from '../own.js';
import { placesIn } from '../signals.js';
import type { Situation } from '../types.js';
import type { ReceiptsOptions } from '../receipts/receipts.js';

/** What the script tag says. */
export interface Tag {
  /** The folder of the script. */
  readonly base: URL;
  readonly config: string | undefined;
  readonly target: Document | string;
  readonly channel: string | undefined;
  readonly situation: Situation;
  readonly host: PromiseLike<Adapter> | undefined;
  /** Undefined: the tag asks for none. */
  readonly receipts: ReceiptsOptions | undefined;
  readonly signals: string | undefined;
  readonly guard: boolean;
}

/**
 * `<script src="candor.iife.js" data-config="candor.json" data-place="DE" data-channel="chat" data-target="deep-chat" data-host="flowise"
 * data-receipts="/receipts" data-signals="google meta" data-guard>`. To be called while the script runs. Undefined where the tag asks for
 * nothing, and where markup poses as the tag (DOM clobbering).
 */
export function scriptTag(): Tag | undefined {
  const script = document.currentScript;
  if (!(script instanceof HTMLScriptElement)) return undefined;
  const { config, target = document, channel, place, host, receipts, signals, guard } = own(script.dataset);
  if (!config && !channel && target === document) return undefined;
  const jurisdictions = placesIn(place);
  const base = new URL('.', script.src || location.href);
  return {
    base, config, target, channel, situation: jurisdictions ? { jurisdictions } : {}, host: adapterFor(target, base, host),
    // Without an address they are kept, and sent nowhere.
    receipts: receipts === undefined ? undefined : { url: receipts || undefined },
    signals, guard: guard !== undefined,
  };
}
