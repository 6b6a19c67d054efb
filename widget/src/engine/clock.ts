import type { Issue } from '../types.js';

const day = 86_400_000;
const ahead = 400 * day;

/**
 * The local day of `now`, held to the rulebook's date and the 400 days after it: a clock that is wrong must neither switch law
 * off nor on.
 */
export function localDay(now: Date, built: string): { readonly at: string; readonly held: boolean } {
  const time = now.getTime() - now.getTimezoneOffset() * 60_000;
  const earliest = Date.parse(built);
  const held = Math.min(Math.max(time, earliest), earliest + ahead + day - 1);
  return { at: new Date(held || earliest).toISOString().slice(0, 10), held: held !== time };
}

/** What is said where the day had to be held. */
export function clockWarning(at: string, built: string): Issue {
  return { code: 'clock', path: '/at', message: `the clock is outside the 400 days after \`${built}\`; decided for \`${at}\`` };
}

/** An instant after RFC 3339 as the clock on the wall shows it, with its offset: the core counts days by it. */
export function localInstant(now: Date): string {
  const offset = -now.getTimezoneOffset();
  const two = (number: number) => `${number}`.padStart(2, '0');
  const size = Math.abs(offset);
  const zone = `${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
  return new Date(now.getTime() + offset * 60_000).toISOString().replace('Z', zone);
}

/** Whether an instant is not later than another one. Default: than now. */
export function isPast(instant: string, than: string = new Date().toISOString()): boolean {
  return Date.parse(instant) <= Date.parse(than);
}
