import { asFailure, failure } from './error.js';
import { hashesOf, verify, type Integrity } from './integrity.js';
import { bytesOfPackText, packInText } from './pack-text.js';

/** Where a file comes from. Text is an address, or a pack as the text of its `.pack.js`; relative addresses count from the page. */
export type FileSource = URL | string | Response | ArrayBuffer | ArrayBufferView;

/** How files are fetched: all of one `load` alike. */
export interface Fetching {
  readonly integrity: Integrity | undefined;
  readonly signal: AbortSignal;
}

/** How long the first way may take before the second is tried beside it, in milliseconds. */
const patience = 400;

export function addressOf(source: URL | string): URL {
  return new URL(source, globalThis.location?.href);
}

/** The bytes of a file. @throws CandorError `integrity`; other errors where it cannot be had. */
export async function bytesOf(source: FileSource, fetching: Fetching): Promise<Uint8Array> {
  if (typeof source === 'string' && source.startsWith(packInText)) return bytesOfPackText(source);
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  if (source instanceof Response) return read(source, source.url ? hashesOf(fetching.integrity, new URL(source.url)) : undefined);
  return fetched(addressOf(source), fetching);
}

/** The bytes of a pack. Where fetch is refused (`default-src 'none'`), its ASCII module is imported instead. */
export function packOf(source: FileSource, fetching: Fetching): Promise<Uint8Array> {
  const address = (typeof source === 'string' && !source.startsWith(packInText)) || source instanceof URL ? addressOf(source) : null;
  return either(() => bytesOf(source, fetching), address && (async () => {
    const module = (await import(`${address}.js`)) as { default: string };
    const bytes = bytesOfPackText(module.default);
    await verify(bytes, hashesOf(fetching.integrity, address), address.pathname);
    return bytes;
  }));
}

/**
 * What the first of two ways gives; the second starts when the first failed or is late, and whichever is there first counts.
 * A file that is not the one that was built is refused for good.
 */
export function either<T>(first: () => Promise<T>, second: (() => Promise<T>) | null | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    let running = 1;
    const run = (way: () => Promise<T>) => void way().then(done, failed);
    const trySecond = () => {
      clearTimeout(timer);
      if (!second) return;
      running++;
      run(second);
      second = null;
    };
    const timer = setTimeout(trySecond, patience);
    const done = (value: T) => {
      clearTimeout(timer);
      resolve(value);
    };
    const failed = (thrown: unknown) => {
      const error = asFailure(thrown, 'unavailable');
      if (error.code === 'integrity') second = null;
      trySecond();
      if (!--running || error.code === 'integrity') reject(error);
    };
    run(first);
  });
}

async function fetched(address: URL, { integrity, signal }: Fetching): Promise<Uint8Array> {
  const hashes = hashesOf(integrity, address);
  const response = await fetch(address, { signal, ...(hashes && { integrity: hashes }) }).catch((error: unknown) => {
    // A wrong hash and a dead network look the same to fetch. Where we can tell them apart, look again.
    if (!hashes || !globalThis.crypto?.subtle || signal.aborted) throw error;
    return fetch(address, { signal });
  });
  return read(response, hashes);
}

async function read(response: Response, hashes: string | undefined): Promise<Uint8Array> {
  if (!response.ok) throw failure('unavailable', `\`${response.url}\` answered ${response.status}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  await verify(bytes, hashes, response.url);
  return bytes;
}
