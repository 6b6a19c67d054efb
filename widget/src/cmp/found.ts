import type { Purposes } from '../gates.js';
import { part } from '../parts.js';
import type { ConsentRecord } from '../types.js';
import type { CmpOptions } from './answer.js';
import type { Obeyed } from './registered.js';

/**
 * Looks for a registered consent platform: `__tcfapi` or `__gpp`, functions and no elements of that name. Where there is one, what reads it is
 * loaded; until then it counts as a no to everything.
 */
export function foundCmp(base: URL | undefined, options: CmpOptions | undefined, again: () => void, problem: (code: string, message: string) => void): Obeyed {
  const found = () => ['__tcfapi', '__gpp'].some((name) => typeof (globalThis as unknown as Record<string, unknown>)[name] === 'function');
  let obeyed: Obeyed | undefined;
  let ids: readonly string[] = [];
  let loading = false;

  const look = () => {
    if (loading || !found()) return;
    loading = true;
    part(base, 'cmp').then(({ obey }) => {
      obeyed = obey(base, options, again, problem);
      again();
    }, (thrown: unknown) => problem('platform-unreadable', `everything stays closed: ${String(thrown)}`));
  };
  look();
  // One that comes later than we do is met when the page has been read, and when all of it is there.
  const later = () => {
    const before = loading;
    look();
    if (loading !== before) again();
  };
  document.addEventListener('DOMContentLoaded', later);
  addEventListener('load', later);

  return {
    reads(purposes: Purposes) {
      if (obeyed) return obeyed.reads(purposes);
      const before = ids;
      ids = loading ? Object.keys(purposes) : [];
      return ids.length !== before.length;
    },
    over(record) {
      if (obeyed) return obeyed.over(record);
      if (!ids.length) return record;
      return { at: new Date().toISOString(), purposes: Object.fromEntries(ids.map((id) => [id, 'denied'])) } satisfies ConsentRecord;
    },
    without: (record, former) => (obeyed ? obeyed.without(record, former) : record),
    speaksOf: (purpose) => (obeyed ? obeyed.speaksOf(purpose) : loading),
    stop() {
      document.removeEventListener('DOMContentLoaded', later);
      removeEventListener('load', later);
      obeyed?.stop();
    },
  };
}
