import { lookup } from '../baseline.js';
import type { Engine } from '../engine/engine.js';
import { addressOf } from '../engine/files.js';
import { failure } from '../engine/error.js';
import { load } from '../engine/load.js';
import type { Deployment } from '../types.js';

/** The languages that locales/ has. */
declare const CANDOR_LANGUAGES: readonly string[];

/** Slow is better than never: a late engine refines what stands. */
export const unhurried = 30_000;

/** The whole rulebook and one language from `base`, and the operator's configuration. Without one the baseline is decided. */
export async function handedOver(base: URL, config: Deployment | URL | string | undefined, languages: readonly string[]): Promise<Engine> {
  const at = (file: string) => new URL(file, base);
  const deployment = config instanceof URL || typeof config === 'string' ? await read(addressOf(config)) : config;
  return load({
    wasm: at('candor.wasm'), twin: at('candor.nowasm.js'), rules: at('rules.pack'),
    locales: [at(`locales/${lookup(languages, CANDOR_LANGUAGES)}.pack`)], deployment, timeout: unhurried,
  });
}

async function read(address: URL): Promise<Deployment> {
  const response = await fetch(address);
  if (!response.ok) throw failure('unavailable', `\`${address.pathname}\` answered ${response.status}`);
  return (await response.json()) as Deployment;
}
