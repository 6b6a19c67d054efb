/**
 * Receipts: what was shown and what was chosen, hash-chained, exported, verified and sent to the operator. Loaded by the widget
 * only where the operator or a rule asks for it. Importing it does nothing.
 */
import { publish } from '../loaders/publish.js';
import { recorder as recorderOf, type ReceiptsOptions } from './recorder.js';

/** One for the page. `options` undefined: the operator asked for nothing, only rules do. */
export function recorder(options: ReceiptsOptions | undefined) {
  const made = recorderOf(options ?? {}, !!options);
  publish({ receipts: made.receipts });
  return made;
}

export { canonical } from './canonical.js';
export { verifyReceipts, type Verified } from './verify.js';
export { localKeeping, type Kept, type Keeping } from './keeping.js';
export type { About } from './about.js';
export type { Line, Reference } from './chain.js';
export type { Receipts, ReceiptsOptions } from './recorder.js';
export type { Sending } from './send.js';
