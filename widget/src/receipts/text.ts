import type { Notice } from '../types.js';
import { canonical } from './canonical.js';

/**
 * The words of a notice in one form, which its hash is made of: what is read, in which languages, and what the buttons say;
 * not why, nor where it stands. `labels`: what else stands in it, such as the purposes of a prompt.
 */
export function wordsOf({ id, lang, text, also, verbatim, actions }: Notice, labels: readonly string[] = []): string {
  return canonical({
    id, lang, text: { ...text }, also: also.map((each) => ({ lang: each.lang, text: { ...each.text } })),
    verbatim: verbatim.map((each) => ({ id: each.id, lang: each.lang, text: each.text })), actions: actions.map((each) => each.label), labels,
  });
}
