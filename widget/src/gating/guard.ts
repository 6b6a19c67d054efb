/**
 * The guard: requests by `fetch`, `XMLHttpRequest` and `sendBeacon` to hosts that the deployment's services declare fail while no purpose of
 * theirs is granted. Requests to the page's own origin pass. It is a second line behind the gates, for scripts that are not gated themselves; other ways out (images, sockets, forms,
 * workers) it does not see. A file of its own, which a page loads when it wants one.
 */
import type { Purposes } from '../gates.js';
import type { Purpose } from '../types.js';

export interface Guard {
  /** What the gates do from now on. Before the first call nothing passes. */
  apply(purposes: Purposes): void;
  /** Gives the page its own functions back. */
  stop(): void;
}

/** A purpose, and who works for it. */
type Declared = Pick<Purpose, 'id' | 'services'>;

/**
 * @param declared what is known of the deployment before anything is decided; a decision says all of it
 * @param blocked told once for each host
 */
export function guard(declared: readonly Declared[], blocked: (host: string, purposes: readonly string[]) => void): Guard {
  let hosts = hostsOf(declared);
  const reported = new Set<string>();
  let states: Purposes = {};

  const refused = (address: string | URL): boolean => {
    const host = hostOf(address);
    const purposes = host ? hosts.filter(([each]) => host === each || host.endsWith(`.${each}`)).map(([, id]) => id) : [];
    if (!host || !purposes.length || purposes.some((id) => states[id]?.state === 'granted')) return false;
    if (!reported.has(host)) blocked(host, [...new Set(purposes)]);
    reported.add(host);
    return true;
  };

  const restore = [
    patch(globalThis, 'fetch', (original) => function (this: unknown, input: RequestInfo | URL, init?: RequestInit) {
      if (refused(input instanceof Request ? input.url : input)) return Promise.reject(new TypeError('Failed to fetch'));
      return original.call(globalThis, input, init);
    }),
    patch(navigator, 'sendBeacon', (original) => function (this: Navigator, address: string | URL, data?: BodyInit | null) {
      return !refused(address) && original.call(navigator, address, data);
    }),
    ...guardXhr(refused),
  ];
  return {
    apply(purposes) {
      states = purposes;
      hosts = hostsOf(Object.entries(purposes).map(([id, { services }]) => ({ id, services: services ?? [] })));
    },
    stop() {
      for (const undo of restore) undo();
    },
  };
}

/** Each host with a purpose that it serves. */
function hostsOf(declared: readonly Declared[]): (readonly [host: string, purpose: string])[] {
  return declared.flatMap(({ id, services = [] }) => services.flatMap(({ hosts = [] }) => hosts.map((host) => [host.toLowerCase(), id] as const)));
}

/** An `XMLHttpRequest` opens as ever, so that headers can be set; sending it fails as if the network were gone. */
function guardXhr(refused: (address: string | URL) => boolean) {
  const addresses = new WeakMap<XMLHttpRequest, { readonly address: string | URL; readonly synchronous: boolean }>();
  const { prototype } = XMLHttpRequest;
  return [
    patch(prototype, 'open', (original) => function (this: XMLHttpRequest, ...of: unknown[]) {
      addresses.set(this, { address: of[1] as string | URL, synchronous: of[2] === false });
      return (original as (...of: unknown[]) => void).apply(this, of);
    }),
    patch(prototype, 'send', (original) => function (this: XMLHttpRequest, body?: Document | XMLHttpRequestBodyInit | null) {
      const request = addresses.get(this);
      if (!request || !refused(request.address)) return original.call(this, body);
      if (request.synchronous) throw new DOMException('the request was refused', 'NetworkError');
      setTimeout(() => {
        this.abort();
        for (const type of ['error', 'loadend']) this.dispatchEvent(new ProgressEvent(type));
      });
    }),
  ];
}

/** The host that a request goes to; undefined: the page's own origin, whose requests all pass, or no address at all. */
function hostOf(address: string | URL): string | undefined {
  try {
    const { hostname, origin } = new URL(address, document.baseURI);
    return origin === location.origin ? undefined : hostname;
  } catch {
    return undefined;
  }
}

/** Puts another function in place; what it returns puts the first one back, unless somebody else has come since. */
function patch<Owner extends object, Name extends keyof Owner>(owner: Owner, name: Name, make: (original: Owner[Name]) => Owner[Name]): () => void {
  const own = Object.getOwnPropertyDescriptor(owner, name);
  const original = owner[name];
  const ours = make(original);
  Object.defineProperty(owner, name, { configurable: true, writable: true, enumerable: true, value: ours });
  return () => {
    if (owner[name] !== ours) return;
    if (own) Object.defineProperty(owner, name, own);
    else delete owner[name];
  };
}
