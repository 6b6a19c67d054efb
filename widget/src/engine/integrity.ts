import { base64Of } from './base64.js';
import { failure } from './error.js';

/**
 * Hashes as in Subresource Integrity (https://www.w3.org/TR/SRI/): by file name (`candor.wasm`, `locales/de.pack`), then every
 * fetched file must be named; or one text that lists the accepted hashes of all files.
 */
export type Integrity = string | Readonly<Record<string, string>>;

/** The hashes that `url` must have one of; undefined: none were given. */
export function hashesOf(integrity: Integrity | undefined, url: URL): string | undefined {
  if (!integrity || typeof integrity === 'string') return integrity;
  const name = Object.keys(integrity).find((file) => url.pathname.endsWith(`/${file}`));
  if (!name) throw failure('integrity', `no hash is given for \`${url.pathname}\``);
  return integrity[name];
}

/** Refuses bytes that have none of the hashes. Outside a secure context there is no digest: there fetch has checked them. */
export async function verify(bytes: Uint8Array, hashes: string | undefined, name: string): Promise<void> {
  if (!hashes || !globalThis.crypto?.subtle) return;
  for (const hash of hashes.split(/\s+/)) {
    const bits = /^sha(256|384|512)-/.exec(hash)?.[1];
    if (!bits) continue;
    const digest = await crypto.subtle.digest(`SHA-${bits}`, bytes as BufferSource);
    if (hash === `sha${bits}-${base64Of(new Uint8Array(digest))}`) return;
  }
  throw failure('integrity', `\`${name}\` is not the file that was built`);
}
