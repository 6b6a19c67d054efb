import type { Slot } from '../types.js';
import type { Adapter, Place } from './host.js';

const marked = (slot: Slot): Place => ({ selector: `[data-candor-slot~="${slot}"]`, at: 'last', inPage: true });
const inBody = (at: 'first' | 'last'): Place => ({ selector: 'body', at, inPage: true });
const markedOnly: readonly Slot[] = ['before-chat', 'chat-header', 'first-message', 'composer', 'element', 'privacy-notice', 'legal-hub'];

/** A whole page: slots are marked with `data-candor-slot`; those of the page itself have a place without it. */
export const page: Adapter = {
  slots: {
    ...Object.fromEntries(markedOnly.map((slot) => [slot, marked(slot)])),
    'page-banner': [marked('page-banner'), inBody('first')],
    'page-section': [marked('page-section'), { selector: 'main', at: 'first', inPage: true }, inBody('first')],
    'page-footer': [marked('page-footer'), inBody('last')],
    'document-top': [marked('document-top'), inBody('first')],
  },
};
