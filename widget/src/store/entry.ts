import type { ConsentRecord } from '../types.js';

/** A record and its place in the order of acts: counted, not timed, since clocks jump. Below 0: it could not be read. */
export interface Entry {
  readonly n: number;
  readonly record: ConsentRecord;
}

/** What the core takes for a record that cannot be read: all counts as unasked, and nothing opens but what a grant opens. */
export const unreadable: ConsentRecord = { at: '', purposes: {} };

/** What was found in a store, from this or an earlier version of ours, or damaged. */
export function entryOf(found: unknown): Entry {
  const { n, record } = (found ?? {}) as Partial<Entry>;
  if (Number.isSafeInteger(n) && isRecord(record)) return { n: n as number, record };
  return isRecord(found) ? { n: 0, record: found } : { n: -1, record: unreadable };
}

/** The same for text. */
export function entryOfText(text: string | null): Entry | undefined {
  if (text === null) return undefined;
  try {
    return entryOf(JSON.parse(text));
  } catch {
    return entryOf(undefined);
  }
}

/** The later of two; where neither is, the first with the refusals of the second: a yes never wins a tie. */
export function later(a: Entry | undefined, b: Entry | undefined): Entry | undefined {
  if (!a || !b) return a ?? b;
  if (a.n !== b.n) return a.n > b.n ? a : b;
  if (JSON.stringify(a) === JSON.stringify(b)) return a;
  const purposes = { ...a.record.purposes, ...refusalsOf(b.record).purposes };
  return JSON.stringify(purposes) === JSON.stringify(a.record.purposes) ? a : { n: a.n, record: { ...a.record, purposes } };
}

/** A record that nobody can read but for these refusals. */
export function refusalsOf({ at, via, purposes }: ConsentRecord): ConsentRecord {
  const refused = Object.entries(purposes).map(([id, stored]) => [id, { at, via, ...(typeof stored === 'string' ? { state: stored } : stored) }] as const)
    .filter(([, { state }]) => state === 'denied');
  return { ...unreadable, purposes: Object.fromEntries(refused) as ConsentRecord['purposes'] };
}

function isRecord(value: unknown): value is ConsentRecord {
  const { purposes } = (value ?? {}) as Partial<ConsentRecord>;
  return typeof purposes === 'object' && purposes !== null && !Array.isArray(purposes);
}
