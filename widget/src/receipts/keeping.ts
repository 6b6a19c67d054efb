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

/**
 * In localStorage, one tab after the other where the browser has locks; in memory where storage is denied or full. Browsers pass
 * changes of localStorage between tabs late, so two tabs that choose in the same moment may still lose one of two lines here: a
 * keeping over IndexedDB transactions does not.
 */
export function localKeeping(key = 'candor.receipts'): Keeping {
  let memory: Kept | undefined;
  const read = (): Kept => {
    if (memory) return memory;
    try {
      const { lines, unsent } = JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Kept>;
      return Array.isArray(lines) && Array.isArray(unsent) ? { lines, unsent } : nothing;
    } catch {
      return nothing;
    }
  };
  const change = (changed: (kept: Kept) => Kept): Kept => {
    const before = read();
    const after = changed(before);
    if (after === before) return before;
    try {
      localStorage.setItem(key, JSON.stringify(after));
      memory = undefined;
    } catch {
      memory = after;
    }
    return after;
  };
  return {
    read: () => Promise.resolve(read()),
    update: async (changed) => (navigator.locks ? navigator.locks.request(key, () => change(changed)) : change(changed)),
  };
}
