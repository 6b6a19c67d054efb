/**
 * The widget: shows what the engine decided. Importing it needs no page and does nothing.
 *
 *     mount('deep-chat', { engine: load({ … }), channel: 'chat' });
 *     mount('deep-chat', { config: 'candor.json', channel: 'chat' });
 */
import { handedOver } from './loaders/handed-over.js';
import { adapterFor } from './hosts/known.js';
import { mount as mountWithEngine } from './mount.js';
import { baselineNotice } from './baseline.js';
import { mountNotices, type Mounted, type NoticeOptions } from './mount-notices.js';
import type { Target } from './stage.js';
import { pageLanguages } from './signals.js';
import { localStore } from './store.js';
import type { ReceiptsOptions } from './receipts/receipts.js';
import type { Deployment } from './types.js';
import { witnessFrom } from './witness.js';

/** An engine, or a `candor.json` (or its address) for which the files beside this module are loaded. */
export type MountOptions = (NoticeOptions | (Omit<NoticeOptions, 'engine'> & { readonly config: Deployment | URL | string })) & {
  /**
   * Writes receipts (`receipts.js`, loaded then): `{}` keeps them, an address sends them there too. Without it they are written
   * only where a decision's `records` ask.
   */
  readonly receipts?: ReceiptsOptions | URL | string | undefined;
};

function withEngine({ receipts, ...given }: MountOptions): NoticeOptions {
  const base = new URL('.', import.meta.url);
  const recording = typeof receipts === 'string' || receipts instanceof URL ? { url: receipts } : receipts;
  const all = { base, witness: witnessFrom(import.meta.url, recording), ...given };
  if ('engine' in all) return all;
  const { config, ...options } = all;
  const languages = options.situation?.languages ?? pageLanguages(null);
  return { ...options, engine: () => handedOver(base, config, languages) };
}

/**
 * Shows what is due in `target` and keeps it there: notices, the consent prompt, and the gates of what carries
 * `data-candor="<purpose id>"`. Nothing is stored before the person chose.
 */
export function mount(target: Target, options: MountOptions): Mounted {
  return mountWithEngine(target, { ...withEngine(options), host: options.host ?? adapterFor(target, import.meta.url) });
}

/** Several channels on one page, by channel id: one engine, one store, one prompt (that of the first). */
export function mountAll(options: MountOptions & { readonly channels: Readonly<Record<string, Target>> }): Record<string, Mounted> {
  const { engine, ...rest } = withEngine(options);
  let only: PromiseLike<Awaited<typeof engine>> | undefined;
  const shared: NoticeOptions = {
    store: localStore(), baseline: baselineNotice, ...rest,
    engine: typeof engine === 'function' ? () => (only ??= engine()) as ReturnType<typeof engine> : engine,
  };
  return Object.fromEntries(Object.entries(options.channels).map(([channel, target], index) => [
    channel, (index ? mountNotices : mountWithEngine)(target, { ...shared, channel, host: options.host ?? adapterFor(target, import.meta.url) }),
  ]));
}

export { onConsent, whenGranted } from './consent-api.js';
export { regionDefaults } from './signals/regions.js';
export { cookieStore, localStore, type Store } from './store.js';
export { deepChat } from './hosts/deep-chat.js';
export { bySelectors } from './hosts/selectors.js';
export { page } from './hosts/page.js';
export type { Adapter, Messages, Place, Speaker } from './hosts/host.js';
export type { ReceiptsOptions } from './receipts/receipts.js';
export type { Mount, Seen, Witness } from './witness.js';
export type { Events, Mounted, MountEvent, NoticeOptions } from './mount-notices.js';
export type { Target } from './stage.js';
export type { CmpOptions } from './cmp/answer.js';
export type { SignalOptions } from './signals/index.js';
export type { ConsentNow } from './signals/signal.js';
export * from './candor.js';
