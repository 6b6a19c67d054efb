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
export function handedOver(base: URL, deployment: Deployment | undefined, languages: readonly string[]): Promise<Engine> {
  const at = (file: string) => new URL(file, base);
  return load({
    wasm: at('candor.wasm'), twin: at('candor.nowasm.js'), rules: at('rules.pack'),
    locales: [at(`locales/${lookup(languages, CANDOR_LANGUAGES)}.pack`)], deployment, timeout: unhurried,
  });
}

/** The configuration itself, or what stands at its address. @throws CandorError `unavailable`, or what the address gives instead of JSON */
export async function deploymentOf<Config extends Deployment | undefined>(config: Config | URL | string): Promise<Config | Deployment> {
  if (!(config instanceof URL || typeof config === 'string')) return config;
  const response = await fetch(addressOf(config));
  if (!response.ok) throw failure('unavailable', `\`${response.url}\` answered ${response.status}`);
  return (await response.json()) as Deployment;
}
