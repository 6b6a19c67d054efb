import type { Facts } from './types.js';

/** What the browser says about the person's wishes, read live and never stored. */
export function browserFacts(): Facts {
  return (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl ? { gpc: true } : {};
}

/** The languages of the page and the person, best first: what stands around a notice comes before what the browser prefers. */
export function pageLanguages(near: Element | null): string[] {
  const around = near?.closest<HTMLElement>('[lang]')?.lang ?? document.documentElement.lang;
  return [...new Set([around, ...navigator.languages])].filter((tag) => tag);
}

/** The places that the server or edge wrote into `<meta name="candor-place" content="DE">`. */
export function pagePlaces(): string[] | undefined {
  return placesIn(document.querySelector<HTMLMetaElement>('meta[name="candor-place"]')?.content);
}

export function placesIn(text: string | undefined): string[] | undefined {
  return text?.split(/[\s,]+/).filter((place) => place);
}
