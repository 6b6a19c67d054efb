/**
 * The widget: shows what the engine decided. Importing it needs no page and does nothing.
 *
 *     mount('deep-chat', { engine: load({ … }), channel: 'chat' });
 *     mount('deep-chat', { config: 'candor.json', channel: 'chat' });
 */
import { handedOver } from './loaders/handed-over.js';
import { mount as mountWithEngine } from './mount.js';
import { baselineNotice } from './baseline.js';
import { mountNotices, type Mounted, type NoticeOptions } from './mount-notices.js';
import type { Target } from './stage.js';
import { pageLanguages } from './signals.js';
import { localStore } from './store.js';
import type { Deployment } from './types.js';

/** An engine, or a `candor.json` (or its address) for which the files beside this module are loaded. */
export type MountOptions = NoticeOptions | (Omit<NoticeOptions, 'engine'> & { readonly config: Deployment | URL | string });

function withEngine(given: MountOptions): NoticeOptions {
  const base = new URL('.', import.meta.url);
  if ('engine' in given) return { base, ...given };
  const { config, ...options } = given;
  const languages = options.situation?.languages ?? pageLanguages(null);
  return { base, ...options, engine: () => handedOver(base, config, languages) };
}

/**
 * Shows what is due in `target` and keeps it there: notices, the consent prompt, and the gates of what carries
 * `data-candor="<purpose id>"`. Nothing is stored before the person chose.
 */
export function mount(target: Target, options: MountOptions): Mounted {
  return mountWithEngine(target, withEngine(options));
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
    channel, (index ? mountNotices : mountWithEngine)(target, { ...shared, channel }),
  ]));
}

export { onConsent, whenGranted } from './consent-api.js';
export { regionDefaults } from './signals/regions.js';
export { cookieStore, localStore, type Store } from './store.js';
export { deepChat } from './hosts/deep-chat.js';
export { bySelectors } from './hosts/selectors.js';
export { page } from './hosts/page.js';
export type { Adapter, Place } from './hosts/host.js';
export type { Events, Mounted, MountEvent, NoticeOptions } from './mount-notices.js';
export type { Target } from './stage.js';
export type { CmpOptions } from './cmp/answer.js';
export type { SignalOptions } from './signals/index.js';
export type { ConsentNow } from './signals/signal.js';
export * from './candor.js';
