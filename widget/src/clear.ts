import { databaseNames } from './store/durable.js';
import type { Decision, Service } from './types.js';

/**
 * Clears what the services of refused purposes have left on the device, as the deployment declares it: cookies and entries of localStorage,
 * sessionStorage and IndexedDB, by name (`*` stands for anything). What a purpose that may run declares too stays, and so does what `own`
 * names. Scripts cannot reach cookies that are HttpOnly, of other sites, or partitioned.
 */
export function clearRefused({ consent }: Decision, own = /^candor\b/): void {
  const purposes = Object.values(consent?.purposes ?? {});
  const servicesOf = (wanted: string) => purposes.filter(({ state, standing }) => state === wanted && (state === 'granted' || standing !== 'unasked'))
    .flatMap(({ services }) => services ?? []);
  const kept = servicesOf('granted');
  const refused = servicesOf('denied');
  if (!refused.length) return;

  const storageNames = refused.flatMap(({ storage }) => storage ?? []).map(pattern);
  const keptStorage = [own, ...kept.flatMap(({ storage }) => storage ?? []).map(pattern)];
  const goes = (name: string) => matches(storageNames, name) && !matches(keptStorage, name);
  for (const area of ['localStorage', 'sessionStorage'] as const) clearArea(area, goes);
  void clearDatabases(goes);

  const keptCookies = [own, ...kept.flatMap(cookiesOf).map(({ name }) => pattern(name))];
  for (const pair of document.cookie.split('; ')) {
    const name = pair.split('=')[0] ?? '';
    if (!name || matches(keptCookies, name)) continue;
    for (const { name: declared, path, domain } of refused.flatMap(cookiesOf)) if (pattern(declared).test(name)) expire(name, path, domain);
  }
}

function cookiesOf({ cookies }: Service): NonNullable<Service['cookies']> {
  return cookies ?? [];
}

/** A cookie is another one for each path and domain, and a script cannot see which: all that could have set it are tried. */
function expire(name: string, path = '/', domain = ''): void {
  const paths = new Set([path, ...upwards(location.pathname, /\/[^/]*$/, '/')]);
  const domains = new Set(['', domain, ...upwards(location.hostname, /^[^.]*\.?/, '')]);
  for (const on of paths) {
    for (const at of domains) {
      const attributes = `${on && `;path=${on}`}${at && `;domain=${at}`}${location.protocol === 'https:' ? ';secure' : ''}`;
      document.cookie = `${name}=;max-age=0${attributes}`;
    }
  }
}

/** `text` and what is left of it as `step` is cut off again and again, down to `end`. */
function upwards(text: string, step: RegExp, end: string): string[] {
  const all = [end];
  for (let rest = text; rest && !all.includes(rest); rest = rest.replace(step, '')) all.push(rest, ...(end ? [`${rest}${end}`] : []));
  return all;
}

function clearArea(area: 'localStorage' | 'sessionStorage', goes: (name: string) => boolean): void {
  try {
    for (const name of Object.keys(globalThis[area])) if (goes(name)) globalThis[area].removeItem(name);
  } catch {
    // Denied: then nothing was stored either.
  }
}

async function clearDatabases(goes: (name: string) => boolean): Promise<void> {
  try {
    for (const name of await databaseNames()) if (goes(name)) indexedDB.deleteDatabase(name);
  } catch {
    // As above.
  }
}

function matches(patterns: readonly RegExp[], name: string): boolean {
  return patterns.some((each) => each.test(name));
}

function pattern(name: string): RegExp {
  return new RegExp(`^${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\\\*/g, '.*')}$`);
}
