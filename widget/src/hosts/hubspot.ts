import { besideFrame } from './beside.js';
import type { Adapter } from './host.js';

interface Conversations {
  on(event: string, heard: () => void): void;
  off(event: string, heard: () => void): void;
}

/**
 * HubSpot's chat, by its documented SDK: `hsConversationsOnReady`, and the events `conversationStarted` and `userInteractedWithWidget`
 * (https://developers.hubspot.com/docs/api/conversation/chat-widget-sdk). It does not tell when the chat opens, so notices stand from the moment it is
 * loaded: before the first message in any case. Nothing of a message leaves it: labels are to be set in the chatflow, and a hand-over is to
 * be told by `update({ answeredBy: 'human' })`. Load the chat only once the notice stands: `loadImmediately: false`, then `widget.load()`.
 */
export function hubspot(): Adapter {
  return besideFrame({
    listen(opened) {
      const global = globalThis as { HubSpotConversations?: Conversations; hsConversationsOnReady?: (() => void)[] };
      const seen = () => opened(true);
      const events = ['conversationStarted', 'userInteractedWithWidget'];
      let stopped = false;
      const ready = () => {
        if (stopped) return;
        seen();
        for (const event of events) global.HubSpotConversations?.on(event, seen);
      };
      if (global.HubSpotConversations) ready();
      else (global.hsConversationsOnReady ??= []).push(ready);
      return () => {
        stopped = true;
        for (const event of events) global.HubSpotConversations?.off(event, seen);
      };
    },
  });
}

export default hubspot;
