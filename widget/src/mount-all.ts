import { baselineNotice } from './baseline.js';
import { followConsent } from './consent-follow.js';
import type { Adapter } from './hosts/host.js';
import { adapterFor } from './hosts/known.js';
import { deploymentOf } from './loaders/handed-over.js';
import { mount } from './mount.js';
import { mountNotices, type Mounted, type NoticeOptions } from './mount-notices.js';
import type { Target } from './stage.js';
import { localStore } from './store.js';
import type { Deployment } from './types.js';
import { base, withEngine, type Config, type MountOptions } from './with-engine.js';

/** As for `mount`, and where the channels stand, by id. Without `channels` the page says it. */
export type AllOptions = MountOptions & { readonly channels?: Readonly<Record<string, Target>> };

export interface MountedAll {
  /** What is mounted by now, by channel id: elements may come later. */
  readonly channels: Readonly<Record<string, Mounted>>;
  /** Takes everything away again. */
  unmount(): void;
}

/** Where a channel stands, and the adapter that its host needs. */
interface Stand {
  readonly channel: string;
  readonly target: Target;
  readonly host: () => PromiseLike<Adapter> | undefined;
}

/** How long a marked chat waits for the configuration before it stands with what is known without it, in milliseconds. */
const patience = 800;

/**
 * Mounts the channels of a deployment where the page says: each in the element that carries `data-candor-channel="<id>"` (with
 * `data-candor-host="<adapter>"` where its host needs one), now or later, and the website channel on the page itself. Of several website
 * channels it is the first, or the one in `<html data-candor-channel="<id>">`. One engine, one store, one prompt: that of the website
 * channel, else of the first that is there.
 */
export function mountAll(given: Config | AllOptions): MountedAll {
  const options: AllOptions = isOptions(given) ? given : { config: given };
  const config = 'config' in options ? options.config : undefined;
  const read = once(() => deploymentOf(config));
  const { engine, ...shared } = { store: localStore(), baseline: baselineNotice, ...withEngine(options, read) };
  const only = typeof engine === 'function' ? once(engine) : engine;
  const mounted = new Map<string, Mounted>();
  let deployment: Deployment | undefined;
  /** Whether it is known which channels there are, and so whose the prompt is. */
  let known = false;
  let asking: string | undefined;
  let stopped = false;

  const stands = () => {
    if (options.channels) return Object.entries(options.channels).map(([channel, target]): Stand => ({ channel, target, host: () => adapterFor(target, base) }));
    return known ? [...pageOf(deployment, config !== undefined), ...marked()] : marked();
  };
  const look = () => {
    if (stopped) return;
    for (const { channel, target, host } of stands()) {
      const asks = known && asking === undefined;
      if (mounted.has(channel) && !asks) continue;
      mounted.get(channel)?.unmount();
      const all: NoticeOptions = { ...shared, engine: only, channel, host: options.host ?? host() };
      mounted.set(channel, asks ? mount(target, all) : mountNotices(target, all, followConsent));
      if (asks) asking = channel;
    }
  };
  const settle = (found?: Deployment) => {
    clearTimeout(timer);
    deployment = found;
    known = true;
    look();
  };
  const timer = setTimeout(look, patience);
  if (config instanceof URL || typeof config === 'string') read().then(settle, () => settle());
  else settle(config);
  const observer = new MutationObserver(() => known && look());
  observer.observe(document, { childList: true, subtree: true, attributeFilter: ['data-candor-channel'] });

  return {
    get channels() {
      return Object.fromEntries(mounted);
    },
    unmount() {
      stopped = true;
      clearTimeout(timer);
      observer.disconnect();
      for (const each of mounted.values()) each.unmount();
    },
  };
}

function isOptions(given: Config | AllOptions): given is AllOptions {
  return typeof given === 'object' && ('engine' in given || 'config' in given);
}

/** What a page marks. A selector rather than the element: a host may draw itself anew. */
function marked(): Stand[] {
  return [...document.querySelectorAll<HTMLElement>('html [data-candor-channel]')].map((element) => {
    const { candorChannel: channel = '', candorHost } = element.dataset;
    return { channel, target: `[data-candor-channel=${JSON.stringify(channel)}]`, host: () => adapterFor(element, base, candorHost) };
  });
}

/** The page itself, where it is a channel. A configuration that was to be there and cannot be read leaves its type: then the fault is told. */
function pageOf(deployment: Deployment | undefined, configured: boolean): Stand[] {
  const website = Object.entries(deployment?.channels ?? {}).find(([, channel]) => channel?.type === 'website')?.[0];
  const channel = document.documentElement.dataset['candorChannel'] ?? website ?? (configured && !deployment?.channels ? 'website' : undefined);
  return channel === undefined ? [] : [{ channel, target: document, host: () => undefined }];
}

/** Asks once, and again only after a failure. */
function once<Value>(ask: () => PromiseLike<Value>): () => Promise<Value> {
  let asked: Promise<Value> | undefined;
  return () => (asked ??= Promise.resolve(ask()).catch((error: unknown) => {
    asked = undefined;
    throw error;
  }));
}
