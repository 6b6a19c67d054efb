import { entryOf, entryOfText, type Entry } from './entry.js';

/** Tells the other tabs of this origin, and hears from them: by BroadcastChannel, and by the storage event where there is none. */
export function tabs(key: string, hear: (entry: Entry | undefined) => void) {
  let channel: BroadcastChannel | undefined;
  const stored = ({ key: changed, newValue }: StorageEvent) => {
    if (changed === key) hear(entryOfText(newValue));
  };
  return {
    listen() {
      addEventListener('storage', stored);
      try {
        channel = new BroadcastChannel(key);
        channel.onmessage = ({ data }) => hear(entryOf(data));
      } catch {
        // Not in this browser.
      }
    },
    tell(entry: Entry) {
      channel?.postMessage(entry);
    },
    stop() {
      removeEventListener('storage', stored);
      channel?.close();
    },
  };
}
