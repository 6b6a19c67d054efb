import type { ConsentRecord } from './types.js';

/** Keeps the consent record. Only choices of the person are written; reading must never throw. */
export interface Store {
  read(): ConsentRecord | undefined | Promise<ConsentRecord | undefined>;
  write(record: ConsentRecord): void | Promise<void>;
}

/** In localStorage; in memory where that is denied, full or gone: then the choice holds for this page and is asked for again. */
export function localStore(key = 'candor.choices'): Store {
  let memory: ConsentRecord | undefined;
  return {
    read() {
      try {
        const text = localStorage.getItem(key);
        return text ? (JSON.parse(text) as ConsentRecord) : memory;
      } catch {
        return memory;
      }
    },
    write(record) {
      memory = record;
      try {
        localStorage.setItem(key, JSON.stringify(record));
      } catch {
        // Kept in memory.
      }
    },
  };
}
