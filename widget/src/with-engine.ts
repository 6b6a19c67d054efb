import { deploymentOf, handedOver } from './loaders/handed-over.js';
import type { NoticeOptions } from './mount-notices.js';
import type { ReceiptsOptions } from './receipts/receipts.js';
import { own } from './own.js';
import { pageLanguages } from './signals.js';
import type { Deployment } from './types.js';
import { witnessFrom } from './witness.js';

/** A `candor.json`, or its address. */
export type Config = Deployment | URL | string;

/** An engine, or a `candor.json` (or its address; undefined: the baseline) for which the files beside this module are loaded. */
export type MountOptions = (NoticeOptions | (Omit<NoticeOptions, 'engine'> & { readonly config: Config | undefined })) & {
  /**
   * Writes receipts (`receipts.js`, loaded then): `{}` keeps them, an address sends them there too. Without it they are written
   * only where a decision's `records` ask.
   */
  readonly receipts?: ReceiptsOptions | URL | string | undefined;
};

/** The folder of this script. A plain script has no `import.meta`: it is asked while it runs. */
export const base = new URL('.', import.meta.url ?? ((document.currentScript as HTMLScriptElement | null)?.src || location.href));

/** The options as `mount` of an engine takes them. `read` gives the configuration. */
export function withEngine(stated: MountOptions, read: (config: Config | undefined) => PromiseLike<Deployment | undefined> = deploymentOf): NoticeOptions {
  const { receipts, ...given } = own(stated);
  const recording = typeof receipts === 'string' || receipts instanceof URL ? { url: receipts } : receipts;
  const all = own({ base, witness: witnessFrom(given.base ?? base, recording), ...given });
  if ('engine' in all) return all;
  const { config, ...options } = all;
  const languages = options.situation?.languages ?? pageLanguages(null);
  return { ...options, engine: async () => handedOver(options.base ?? base, await read(config), languages) };
}
