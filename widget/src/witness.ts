import type { MountEvent } from './mount-notices.js';
import type { ReceiptsOptions } from './receipts/receipts.js';
import type { Decision, Issue, Notice } from './types.js';

/** What a mount lets the receipts see: its events, and what becomes of its elements. */
export type Seen = MountEvent
  /** `node` holds these notices now; none: it is taken away because nothing is due there. `decision` follows. */
  | { readonly type: 'stands'; readonly detail: { readonly node: Element; readonly notices: readonly Notice[] } }
  /** The page took this element away, and it was put back. */
  | { readonly type: 'returned'; readonly detail: Element }
  /** The prompt stands in the page; undefined: it is taken away. */
  | { readonly type: 'prompt'; readonly detail: Element | undefined }
  | { readonly type: 'unmounted'; readonly detail?: undefined };

/** Whose it is that is seen. */
export interface Mount {
  readonly channel: string;
  /** The target, where it is there. */
  readonly element: () => Element | null;
  readonly report: (issue: Issue) => void;
}

/** Asked with each decision until it gives the one that is to be told. */
export type Witness = (decision: Decision, mount: Mount) => ((seen: Seen) => void) | undefined;

/**
 * Loads `receipts.js` from beside `base` once there is something to record: where `options` are given, or a decision's `records`
 * ask. What is seen until it is there waits.
 */
export function witnessFrom(base: URL | string, options: ReceiptsOptions | undefined): Witness {
  let loading: Promise<ReturnType<Module['recorder']>> | undefined;
  const load = async () => ((await import(new URL(options?.module ?? 'receipts.js', base).href)) as Module).recorder(options);
  return (decision, mount) => {
    if (!options && !decision.records.length) return undefined;
    const loaded = loading ??= load();
    loaded.catch(({ message }: Error) => mount.report({ code: 'unavailable', path: '', message }));
    return (seen) => {
      const at = Date.now();
      loaded.then(({ see }) => see(seen, at, mount), () => {});
    };
  };
}

type Module = typeof import('./receipts/receipts.js');
