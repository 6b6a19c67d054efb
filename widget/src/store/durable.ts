import { createStore, get, update, type UseStore } from 'idb-keyval';
import { entryOf, type Entry } from './entry.js';

const database = 'candor';

/** Records in IndexedDB, each act one transaction. Where that is denied, full or hangs, nothing is read and nothing is kept. */
export function durable(key: string) {
  let store: UseStore | undefined;
  const opened = () => (store ??= createStore(database, 'records'));
  return {
    /** Opens no database that is not there: opening one makes it, and nothing is stored before a choice. */
    async read(): Promise<Entry | undefined> {
      try {
        if (!(await databaseNames()).includes(database)) return undefined;
        const found: unknown = await get(key, opened());
        return found === undefined ? undefined : entryOf(found);
      } catch {
        return undefined;
      }
    },
    /** Reads and writes in one transaction, so that of two tabs neither is lost. */
    async write(next: (old: Entry | undefined) => Entry): Promise<Entry | undefined> {
      let entry: Entry | undefined;
      try {
        await update<Entry>(key, (old) => (entry = next(old && entryOf(old))), opened());
        return entry;
      } catch {
        return undefined;
      }
    },
  };
}

/** The databases of this origin. An opaque origin has none; Chromium reports an error to the page when it is asked. @throws where that is denied */
export async function databaseNames(): Promise<string[]> {
  return globalThis.origin === 'null' ? [] : (await indexedDB.databases()).flatMap(({ name }) => name ?? []);
}
