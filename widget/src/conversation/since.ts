import { isPast, localInstant } from '../engine/clock.js';

/** What tabs tell each other: when one began or last reminded. */
interface Told {
  readonly channel: string;
  readonly instant: string;
  readonly reminded: boolean;
}

/** How long a tab listens before it reminds, and the others may take to hear of it, in milliseconds. */
const hearing = 1_000;

/**
 * Since when a conversation goes on without a reminder, the same in all tabs. It is kept for the life of the tab, in sessionStorage: a law that asks
 * for a reminder every three hours cannot be kept over a reload without, so that it is necessary for what the person uses; it names nobody, and
 * is kept only where a decision asks for reminders. Where storage is denied, in memory: a reload begins anew.
 */
export function since(channel: string, changed: () => void) {
  const key = `candor.reminded.${channel}`;
  let instant = stored(key) ?? localInstant(new Date());
  const tabs = 'BroadcastChannel' in globalThis ? new BroadcastChannel('candor.reminders') : undefined;
  const tell = (reminded: boolean) => tabs?.postMessage({ channel, instant, reminded } satisfies Told);
  const take = (taken: string) => {
    instant = taken;
    store(key, instant);
  };
  tabs?.addEventListener('message', ({ data }: MessageEvent<Told>) => {
    if (data.channel !== channel) return;
    const theirsIsEarlier = isPast(data.instant, instant);
    // A reminder counts for all tabs, and the conversation is as long as that of the first of them.
    if (data.reminded || theirsIsEarlier) {
      take(data.instant);
      changed();
    } else if (data.instant !== instant) tell(false);
  });
  // A clock that was put back would silence reminders.
  if (!isPast(instant)) instant = localInstant(new Date());
  take(instant);
  tell(false);

  return {
    get instant() {
      return instant;
    },
    /** Reminds in this tab, unless another one does. */
    renew(now: string, remind: () => void) {
      const renewed = () => {
        take(now);
        remind();
        tell(true);
        changed();
      };
      if (!('locks' in navigator)) {
        renewed();
        return;
      }
      const before = instant;
      const heard = () => new Promise((resolve) => setTimeout(resolve, hearing));
      void navigator.locks.request(key, { ifAvailable: true }, async (lock) => {
        if (!lock) return;
        await heard();
        if (before !== instant) return;
        renewed();
        await heard();
      });
    },
    stop: () => tabs?.close(),
  };
}

function stored(key: string): string | undefined {
  try {
    return sessionStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

function store(key: string, instant: string): void {
  try {
    sessionStorage.setItem(key, instant);
  } catch {
    // Denied or full.
  }
}
