import { lookup } from './baseline.js';

/** The words of our own controls (`ui.<name>`) by language: the build takes them from locales/. */
declare const CANDOR_WORDS: Readonly<Record<string, Readonly<Record<Word, string>>>>;
/** Of these the one that stands in the page before any other is needed. */
declare const CANDOR_CHOICES: Readonly<Record<string, string>>;

/** What the parts say that are loaded when needed: `ui.talk.<name>` and `ui.hub.<name>`. */
declare const CANDOR_TALK_WORDS: Readonly<Record<string, Readonly<Record<'heard' | 'person' | 'ai' | 'approved' | 'reason', string>>>>;
declare const CANDOR_HUB_WORDS: Readonly<Record<string, Readonly<Record<'providers' | 'why' | 'reason' | 'facts' | 'checked', string>>>>;

export type Word = 'choices' | 'save' | 'always-on' | 'close' | 'started' | 'reload';

/** What our own controls say in a language; English where it has no words. */
export function wordsIn(lang: string): Readonly<Record<Word, string>> {
  return CANDOR_WORDS[lookup([lang], Object.keys(CANDOR_WORDS))] as Readonly<Record<Word, string>>;
}

/** What the way to the choices is called. */
export function choicesIn(lang: string): string {
  return CANDOR_CHOICES[lookup([lang], Object.keys(CANDOR_CHOICES))] ?? '';
}

/** What is said about the conversation. */
export const talkWordsIn = (lang: string) => CANDOR_TALK_WORDS[lookup([lang], Object.keys(CANDOR_TALK_WORDS))] as (typeof CANDOR_TALK_WORDS)[string];

/** What stands in the legal hub beside labels and notices. */
export const hubWordsIn = (lang: string) => CANDOR_HUB_WORDS[lookup([lang], Object.keys(CANDOR_HUB_WORDS))] as (typeof CANDOR_HUB_WORDS)[string];
