import { checked, type Core } from './core.js';
import { createEngine, type Engine, type EngineOptions } from './engine.js';
import { asFailure, CandorError, failure } from './error.js';
import { addressOf, bytesOf, either, packOf, type Fetching, type FileSource } from './files.js';
import type { Integrity } from './integrity.js';

/** A bundle with its deployment compiled in, or packs and a deployment that is handed over. */
export interface LoadOptions extends EngineOptions {
  /** `candor.wasm`. */
  readonly wasm?: FileSource | WebAssembly.Module | undefined;
  /** `candor.nowasm.js`, for pages that have or allow no WebAssembly: its address, or its `instantiate`. */
  readonly twin?: URL | string | (() => Core) | undefined;
  /** `candor.bundle`, as `candor build` wrote it. */
  readonly bundle?: FileSource | undefined;
  /** `rules.pack`. */
  readonly rules?: FileSource | undefined;
  /** `locales/<tag>.pack`, one a language. */
  readonly locales?: readonly FileSource[] | undefined;
  /** `sources.pack`: law, article and address of every source. */
  readonly sources?: FileSource | undefined;
  /** What the files must hash to. A file that does not is refused: code `integrity`. */
  readonly integrity?: Integrity | undefined;
  /** How long all of it may take, in milliseconds. @default 800 */
  readonly timeout?: number | undefined;
}

/**
 * Loads the core and its packs, in parallel. Where WebAssembly is missing, refused, late or broken, the twin takes its place.
 * @throws CandorError `integrity`, `timeout`, `unavailable`, or what the core says of a pack
 */
export async function load(options: LoadOptions): Promise<Engine> {
  const { bundle, rules, locales = [], sources, timeout = 800 } = options;
  const abort = new AbortController();
  const fetching: Fetching = { integrity: options.integrity, signal: abort.signal };
  const files = [bundle ?? rules, ...locales, sources].filter((file) => file !== undefined);
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(failure('timeout', `no engine within ${timeout} ms`)), timeout);
    });
    const all = Promise.all([coreOf(options, fetching), ...files.map((file) => packOf(file, fetching))]);
    const [create, ...packs] = await Promise.race([all, late]);
    return createEngine(create, packs, options);
  } catch (thrown) {
    throw asFailure(thrown, 'unavailable');
  } finally {
    clearTimeout(timer);
    abort.abort();
  }
}

function coreOf({ wasm, twin }: LoadOptions, fetching: Fetching): Promise<() => Core> {
  const ways = [wasm && (() => compiled(wasm, fetching)), twin && (() => imported(twin, fetching))].filter((way) => !!way);
  if (!ways[0]) return Promise.reject(failure('unavailable', 'neither `wasm` nor `twin` is given'));
  return either(ways[0], ways[1]);
}

async function compiled(wasm: FileSource | WebAssembly.Module, fetching: Fetching): Promise<() => Core> {
  if (typeof WebAssembly !== 'object') throw failure('unavailable', 'no WebAssembly here');
  const module = wasm instanceof WebAssembly.Module ? wasm : await WebAssembly.compile((await bytesOf(wasm, fetching)) as BufferSource);
  return tried(() => new WebAssembly.Instance(module).exports as unknown as Core);
}

async function imported(twin: NonNullable<LoadOptions['twin']>, fetching: Fetching): Promise<() => Core> {
  if (typeof twin === 'function') return tried(twin);
  const address = addressOf(twin);
  if (fetching.integrity) {
    // A module cannot be checked as it is imported. Where the page lets us read it, it is checked just before.
    await bytesOf(address, fetching).catch((error: unknown) => {
      if (error instanceof CandorError && error.code === 'integrity') throw error;
    });
  }
  const module = (await import(address.href)) as { default: () => Core };
  return tried(module.default);
}

/** Makes the first core at once, so that a way that cannot make one that we can speak to fails here, where there is another way. */
function tried(create: () => Core): () => Core {
  let first: Core | undefined = checked(create());
  return () => {
    const core = first ?? create();
    first = undefined;
    return core;
  };
}
