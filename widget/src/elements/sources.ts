import type { Decision } from '../types.js';
import { isSafeAddress, make } from './dom.js';

/** The clauses behind a notice or block, each once: a link where its source is loaded, else its id. */
export function sourcesOf({ obligations }: Decision, duty: string, satisfies: readonly string[]): HTMLElement[] {
  const found = obligations.filter((each) => each.duty === duty && satisfies.includes(each.rule)).map(({ source }) => [source.id, source] as const);
  return [...new Map(found).values()].map(({ id, law, article, url }) => {
    const words = law ? [law, article].filter((part) => part).join(', ') : id;
    return isSafeAddress(url) ? make('a', { href: url, target: '_blank', rel: 'noopener' }, words) : make('bdi', {}, words);
  });
}
