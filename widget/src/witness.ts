import type { Engine } from './engine/engine.js';
import type { Chat } from './hosts/composer.js';
import { messageMarks } from './messages.js';
import type { Events, MountEvent } from './mount-notices.js';
import type { ReceiptsOptions } from './receipts/receipts.js';
import type { Own } from './stage.js';
import type { Decision, Facts, Issue, Notice, Situation } from './types.js';

/** What a mount lets the parts beside it see: its events, and what becomes of its elements. */
export type Seen = MountEvent
  /** `node` holds these notices now; none: it is taken away because nothing is due there. `decision` came before. */
  | { readonly type: 'stands'; readonly detail: { readonly node: Element; readonly notices: readonly Notice[] } }
  /** The page took this element away, and it was put back. */
  | { readonly type: 'returned'; readonly detail: Element }
  /** The prompt stands in the page; undefined: it is taken away. */
  | { readonly type: 'prompt'; readonly detail: Element | undefined }
  /** The host stated facts; the decision that follows may be the same. */
  | { readonly type: 'updated'; readonly detail: Facts }
  /** The host asks whether something may be done. */
  | { readonly type: 'request'; readonly detail: Request }
  | { readonly type: 'unmounted'; readonly detail?: undefined };

/** What the host wants to do, and how it is told whether it may. */
export interface Request {
  /** Of the block actions of the vocabulary, such as `dns-change`. */
  readonly action: string;
  /** What the action is, for this question alone: `{ sensitiveAction: ['dns-change'] }`. */
  readonly facts: Facts;
  readonly signal: AbortSignal | undefined;
  readonly settle: (answer: 'allowed' | 'blocked') => void;
}

/** Whose it is that is seen, and what a part may do there. */
export interface Mount {
  readonly channel: string;
  /** The target, where it is there, and what its host lets us use. */
  readonly host: Chat;
  readonly report: (issue: Issue) => void;
  /** What stands now. */
  readonly decision: () => Decision | undefined;
  /** What the host has stated so far. */
  readonly facts: () => Facts;
  /** What is due in the situation of the mount with these changes, or what is to be written then; nothing of it is shown. @throws CandorError */
  readonly ask: <Op extends 'decide' | 'mark' = 'decide'>(more: Situation, op?: Op) => Promise<ReturnType<Engine[Op]>>;
  /** Keeps the elements of one `owner` in the page, and takes away what no longer is among them. */
  readonly place: (own: readonly Own[], owner: object) => void;
  readonly dispatch: <Type extends keyof Events>(type: Type, detail: Events[Type]) => void;
  readonly tell: (seen: Seen) => void;
}

/** Told all that a mount lets be seen. */
export type Witness = (mount: Mount) => (seen: Seen, at?: number) => void;

/** What a part does about what is seen, which was seen at an instant of `Date.now()`. */
export type See = (seen: Seen, at: number, mount: Mount) => void;

/**
 * Loads what a page needs only now and then, from beside `base`, once something is seen that it is for; what is seen until it is there waits.
 * `receipts.js`: where `options` are given, or a decision's `records` ask.
 */
export function witnessFrom(base: URL | string, options: ReceiptsOptions | undefined): Witness {
  let recording: Promise<See> | undefined;
  return (mount) => {
    const mark = messageMarks(mount);
    const parts = new Map<string, Promise<See>>();
    const add = (name: string, part: Promise<See>) => parts.set(name, part.catch(({ message }: Error) => {
      mount.report({ code: 'unavailable', path: '', message });
      // Nobody can ask a person now: nothing that needs one is allowed.
      return ({ type, detail }: Seen) => type === 'request' && detail.settle('blocked');
    }));
    return (seen, at = Date.now()) => {
      mark(seen, at, mount);
      const name = partFor(seen);
      if (name && !parts.has(name)) add(name, import(new URL(`candor.${name}.js`, base).href).then((file: Part) => file.default(mount)));
      if (seen.type === 'decision' && !parts.has('receipts') && (options || seen.detail.records.length)) {
        add('receipts', recording ??= import(new URL(options?.module ?? 'receipts.js', base).href).then((file: Receipts) => file.recorder(options).see));
      }
      for (const part of parts.values()) void part.then((see) => see(seen, at, mount));
    };
  };
}

type Receipts = typeof import('./receipts/receipts.js');
interface Part {
  readonly default: (mount: Mount) => See;
}

/** The part that something seen is for, `candor.<name>.js`: what comes again, the legal hub, and who is speaking. */
function partFor({ type, detail }: Seen): string | undefined {
  if (type === 'decision') return detail.notices.some(comesAgain) ? 'reminders' : detail.claims.some(({ fact }) => fact === 'answeredBy') ? 'talk' : undefined;
  if (type === 'action') return detail.id === 'legal-hub' ? 'hub' : 'talk';
  return type === 'request' ? 'talk' : undefined;
}

/** Whether a notice is shown again after some time. */
export function comesAgain({ repeat }: Notice): boolean {
  return repeat.some((each) => /^P|day$/.test(each));
}
