import type { Issue } from '../types.js';

const day = 86_400_000;
const ahead = 400 * day;
const iso = (time: number) => new Date(time).toISOString().slice(0, 10);

/**
 * The local day of `now`, held to the rulebook's date and the 400 days after it: a clock that is wrong must neither switch law
 * off nor on. `warning` where it had to be held.
 */
export function localDay(now: Date, built: string): { at: string; warning?: Issue } {
  const time = now.getTime() - now.getTimezoneOffset() * 60_000;
  const earliest = Date.parse(built);
  const held = Math.min(Math.max(time, earliest), earliest + ahead + day - 1);
  if (held === time) return { at: iso(time) };
  const at = Number.isNaN(held) ? built : iso(held);
  return { at, warning: { code: 'clock', path: '/at', message: `the clock is outside the 400 days after \`${built}\`; decided for \`${at}\`` } };
}
