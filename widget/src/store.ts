import { cookieCache, localCache, type Cache } from './store/cache.js';
import { durable } from './store/durable.js';
import { entryOf, later, refusalsOf, type Entry } from './store/entry.js';
import { tabs } from './store/tabs.js';
import type { ConsentRecord } from './types.js';

/** Keeps the consent record. Only choices of the person are written; reading must never throw. */
export interface Store {
  read(): ConsentRecord | undefined | Promise<ConsentRecord | undefined>;
  write(record: ConsentRecord): void | Promise<void>;
  /** Calls `changed` when `read` answers something else than before: another tab chose. Returns how to stop. */
  watch?(changed: () => void): () => void;
}

/**
 * On this device: IndexedDB, and localStorage as the copy that answers at once. Where one is denied, full or gone the other does, and where
 * both are, memory: then the choice holds for this page and is asked for again. Nothing is stored before a choice.
 */
export function localStore(key = 'candor.choices'): Store {
  return storeOver(key, localCache(key), durable(key, entryOf));
}

/** In a cookie, for a choice that holds on all subdomains: `cookieStore({ domain: 'acme.example' })`. */
export function cookieStore({ name = 'candor.choices', domain = '' } = {}): Store {
  return storeOver(name, cookieCache(name, domain));
}

/** `kept` is the truth where it can be had; tabs that write a cache at once lose some of it. */
function storeOver(key: string, cache: Cache, kept?: ReturnType<typeof durable<Entry>>): Store {
  let memory: Entry | undefined;
  let changed = () => {};
  const learn = (entry: Entry | undefined) => {
    const before = memory;
    memory = later(memory, entry);
    if (memory !== before) changed();
  };
  const keep = (entry: Entry) => {
    memory = entry;
    cache.write(entry);
    others.tell(entry);
  };
  const read = () => (memory = later(memory, cache.read()))?.record;
  const others = tabs(key, learn);

  return {
    read,
    async write(record) {
      read();
      const mine: Entry = { n: Math.max(memory?.n ?? 0, 0) + 1, record };
      keep(mine);
      // Whoever comes last in the order of the transactions has the last word, whatever the clocks say.
      const entry = await kept?.write((old) => ({ n: Math.max(mine.n, (old?.n ?? 0) + 1), record }));
      if (!entry || entry.n <= (memory?.n ?? 0)) return;
      const overtaken = memory !== mine;
      keep(entry);
      if (overtaken) changed();
    },
    watch(tell) {
      changed = tell;
      others.listen();
      void kept?.read().then((entry) => {
        // A copy that cannot be read may have held a later refusal: of the older one only the refusals count.
        const before = read();
        const damaged = !!entry && entry.n >= 0 && !!memory && memory.n < 0;
        learn(damaged ? { n: memory?.n ?? -1, record: refusalsOf(entry.record) } : entry);
        if (!before && memory && memory.n >= 0) cache.write(memory);
      });
      return () => {
        changed = () => {};
        others.stop();
      };
    },
  };
}
