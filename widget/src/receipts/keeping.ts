import { durable } from '../store/durable.js';
import type { Line } from './chain.js';

/** What is kept on the device: choices, and what the operator's endpoint has not taken yet. */
export interface Kept {
  /** The chain of choices, whole and in order. */
  readonly lines: readonly Line[];
  /** Lines of any chain that still have to be sent, in order. */
  readonly unsent: readonly Line[];
}

/** Where lines are kept. None of the two may throw: what cannot be stored is held for as long as the page is there. */
export interface Keeping {
  read(): Promise<Kept>;
  /** Changes what is kept in one step that no other tab interrupts. `change` is given the newest and may be called again. */
  update(change: (kept: Kept) => Kept): Promise<Kept>;
}

const nothing: Kept = { lines: [], unsent: [] };

/** On this device: in IndexedDB, beside the records of choices; in memory where that is denied or full. */
export function localKeeping(key = 'candor.receipts'): Keeping {
  const kept = durable(key, keptOf);
  let memory: Kept | undefined;
  const read = async () => memory ?? (await kept.read()) ?? nothing;
  return {
    read,
    async update(change) {
      const before = await read();
      const after = change(before);
      // What changes nothing makes no database.
      if (after === before || memory) return (memory = memory && after) ?? after;
      return (await kept.write((now) => change(now ?? nothing))) ?? (memory = after);
    },
  };
}

function keptOf(found: unknown): Kept {
  const { lines, unsent } = found as Partial<Kept>;
  return Array.isArray(lines) && Array.isArray(unsent) ? { lines, unsent } : nothing;
}
