/**
 * The widget: shows what the engine decided. Importing it needs no page and does nothing.
 *
 *     mount('deep-chat', { engine: load({ … }), channel: 'chat' });
 *     mount('deep-chat', { config: 'candor.json', channel: 'chat' });
 *     mountAll('candor.json');
 */
import { adapterFor } from './hosts/known.js';
import { mount as mountWithEngine } from './mount.js';
import type { Mounted } from './mount-notices.js';
import type { Target } from './stage.js';
import { base, withEngine, type MountOptions } from './with-engine.js';

/**
 * Shows what is due in `target` and keeps it there: notices, the consent prompt, and the gates of what carries
 * `data-candor="<purpose id>"`. Nothing is stored before the person chose.
 */
export function mount(target: Target, options: MountOptions): Mounted {
  return mountWithEngine(target, { ...withEngine(options), host: options.host ?? adapterFor(target, base) });
}

export { mountAll, type AllOptions, type MountedAll } from './mount-all.js';
export type { Config, MountOptions } from './with-engine.js';
export { onConsent, whenGranted } from './consent-api.js';
export { regionDefaults } from './signals/regions.js';
export { cookieStore, localStore, type Store } from './store.js';
export { deepChat } from './hosts/deep-chat.js';
export { bySelectors } from './hosts/selectors.js';
export { page } from './hosts/page.js';
export type { Composer } from './hosts/composer.js';
export type { Adapter, Messages, Place, Speaker } from './hosts/host.js';
export type { ReceiptsOptions } from './receipts/receipts.js';
export type { Mount, Seen, Witness } from './witness.js';
export type { Events, Mounted, MountEvent, NoticeOptions } from './mount-notices.js';
export type { Target } from './stage.js';
export type { CmpOptions } from './cmp/answer.js';
export type { SignalOptions } from './signals/index.js';
export type { ConsentNow } from './signals/signal.js';
export * from './candor.js';
