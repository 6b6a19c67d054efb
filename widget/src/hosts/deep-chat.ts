import type { Adapter, Place } from './host.js';

/** Outside `#container`, which deep-chat empties whenever one of its properties is set. It has no header. */
const top: Place = { at: 'first' };

/**
 * deep-chat 2.4 (https://github.com/OvidijusParsiunas/deep-chat), the element as it is: none of its properties is ever set,
 * because setting one after it has rendered deletes the conversation.
 */
export const deepChat: Adapter = {
  slots: { 'before-chat': top, 'chat-header': top, 'first-message': top, composer: { selector: '#input', at: 'before' } },
  shadow: true,
  messages: { row: '.outer-message-container', ai: '.ai-message' },
  input: '#text-input',
  giveWay: '#container',
};
