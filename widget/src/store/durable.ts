import { createStore, get, update, type UseStore } from 'idb-keyval';

const database = 'candor';

/**
 * A value in IndexedDB, each change one transaction. Where that is denied, full or hangs, nothing is read and nothing is kept.
 * @param valueOf what was found, from this or an earlier version of ours, or damaged
 */
export function durable<Value>(key: string, valueOf: (found: unknown) => Value) {
  let store: UseStore | undefined;
  const opened = () => (store ??= createStore(database, 'records'));
  return {
    /** Opens no database that is not there: opening one makes it, and nothing is stored before a choice. */
    async read(): Promise<Value | undefined> {
      try {
        if (!(await databaseNames()).includes(database)) return undefined;
        const found: unknown = await get(key, opened());
        return found === undefined ? undefined : valueOf(found);
      } catch {
        return undefined;
      }
    },
    /** Reads and writes in one transaction, so that of two tabs neither is lost. Undefined: it could not be written. */
    async write(next: (old: Value | undefined) => Value): Promise<Value | undefined> {
      let value: Value | undefined;
      try {
        await update<Value>(key, (old) => (value = next(old && valueOf(old))), opened());
        return value;
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
