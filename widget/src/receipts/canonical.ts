/** What a line can hold. Numbers are whole: every language writes those alike. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/**
 * The one form of a value that is hashed: RFC 8785 (JCS), keys in the order of their UTF-16 code units, nothing between
 * tokens. Members without a value are left out. core/tools/canonical.cpp writes the same bytes.
 * @throws RangeError for a number that is not whole or beyond 2^53 - 1, and for half a character, which has no UTF-8
 */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value as Record<string, Json | undefined>).filter((member): member is [string, Json] => member[1] !== undefined);
    return `{${members.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, child]) => `${canonical(key)}:${canonical(child)}`).join(',')}}`;
  }
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new RangeError(`${value} is no whole number of at most 2^53 - 1`);
  const text = JSON.stringify(value);
  if (/[\ud800-\udfff]/u.test(`${value}`)) throw new RangeError(`${text} holds half a character`);
  return text;
}
