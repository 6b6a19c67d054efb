import { entryOfText, type Entry } from './entry.js';

/** A store that answers at once. Neither way throws. */
export interface Cache {
  read(): Entry | undefined;
  write(entry: Entry): void;
}

/** localStorage. Reading the property itself throws where storage is denied. */
export function localCache(key: string): Cache {
  return {
    read() {
      try {
        return entryOfText(localStorage.getItem(key));
      } catch {
        return undefined;
      }
    },
    write(entry) {
      try {
        localStorage.setItem(key, JSON.stringify(entry));
      } catch {
        try {
          localStorage.removeItem(key);  // full: what stands there is older, and may be a yes where this is a no
        } catch {
          // Denied.
        }
      }
    },
  };
}

/** The longest that browsers keep one, in seconds. */
const maxAge = 34_560_000;

/**
 * A cookie of the page's own, for choices that hold on all subdomains. SameSite=Lax, and Secure on https; a server can read it.
 * @param domain e.g. `acme.example`. Default: this host alone
 */
export function cookieCache(name: string, domain = ''): Cache {
  const attributes = `;path=/;samesite=lax${location.protocol === 'https:' ? ';secure' : ''}${domain && `;domain=${domain}`}`;
  return {
    read() {
      try {
        const found = document.cookie.split('; ').find((pair) => pair.startsWith(`${name}=`));
        return found === undefined ? undefined : entryOfText(decoded(found.slice(name.length + 1)));
      } catch {
        return undefined;
      }
    },
    write(entry) {
      try {
        document.cookie = `${name}=${encodeURIComponent(JSON.stringify(entry))};max-age=${maxAge}${attributes}`;
      } catch {
        // Denied.
      }
    },
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
