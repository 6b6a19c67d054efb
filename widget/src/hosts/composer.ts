import type { Adapter, Place } from './host.js';

/** Where the person writes: what stands there can wait until a question is answered. Selectors, in what the host draws. */
export interface Composer {
  /** What is written in. Enter there sends. */
  readonly input: string;
  /** What sends when it is pressed. A form that is submitted does too. */
  readonly send: string;
  /** Where the question stands. Default: the slot `before-chat`, else `chat-header`. */
  readonly question?: Place;
}

/** A chat as it is now: its element, where it is there, and its adapter. */
export interface Chat {
  readonly element: Element | null;
  readonly adapter: Adapter;
}

const deepChat: Composer = { input: '#text-input', send: '.input-button', question: { selector: '#input', at: 'before' } };
const anyChat: Composer = { input: 'textarea,input,[contenteditable]', send: '[type=submit]' };

/** The composer of a chat; the built-in adapters have theirs here, as notices need none. */
export function composerOf({ element, adapter: { composer, use } }: Chat): Composer | undefined {
  return composer ?? (element?.localName === 'deep-chat' ? deepChat : use ? undefined : anyChat);
}
