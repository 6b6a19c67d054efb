import type { Service } from '../types.js';
import { isSafeAddress, make } from './dom.js';

/** "Visitor Count (Example Ltd, Ireland)", the name behind a link where there is a policy; each name by its own direction. */
export function serviceWords({ id = '', name = id, policy, recipient = name, country }: Service, lang: string): (HTMLElement | string)[] {
  const isolated = (text: string) => make('bdi', {}, text);
  const where = country && regionName(country, lang);
  const about = [recipient !== name && isolated(recipient), where].filter((part) => !!part) as (HTMLElement | string)[];
  const shown = name || recipient;
  return [
    isSafeAddress(policy) ? make('a', { href: policy, target: '_blank', rel: 'noopener' }, isolated(shown)) : isolated(shown),
    ...about.flatMap((part, index) => [index ? ', ' : ' (', part]), about.length > 0 ? ')' : '',
  ];
}

/** The name of a place by its code; the code where it has none. */
function regionName(code: string, lang: string): string {
  try {
    return new Intl.DisplayNames([lang], { type: 'region' }).of(code) ?? code;
  } catch {
    return code;
  }
}
