import type { Notice } from './types.js';

/** The title of the AI notice by language: the build takes it from locales/. */
declare const CANDOR_BASELINE: Readonly<Record<string, string>>;

/** What stands in a chat where nothing could be decided: showing it needlessly harms nobody. */
export function baselineNotice(languages: readonly string[]): Notice {
  const lang = lookup(languages, Object.keys(CANDOR_BASELINE));
  return {
    id: 'ai-interaction', topic: 'ai-interaction', satisfies: [], says: ['is-ai'], slots: ['before-chat', 'chat-header', 'first-message'],
    timing: 'before-first-message', repeat: ['continuous'], prominence: 'prominent', dismissible: false,
    text: { title: CANDOR_BASELINE[lang] ?? '' }, lang, dir: /^(ar|fa|he|ur)/.test(lang) ? 'rtl' : 'ltr', also: [], verbatim: [], actions: [],
  };
}

/** The first language that is there, by RFC 4647 lookup: `de-AT` finds `de`. English where none is. */
export function lookup(languages: readonly string[], available: readonly string[]): string {
  for (const language of languages) {
    for (let tag = language; tag; tag = tag.includes('-') ? tag.slice(0, tag.lastIndexOf('-')) : '') {
      if (available.includes(tag)) return tag;
    }
  }
  return 'en';
}
