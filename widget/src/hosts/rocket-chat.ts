import type { Adapter, Place } from './host.js';
import { dress } from './style.js';

/** What is read of the agent that a conversation is given to. */
export interface RocketAgent {
  readonly username?: string;
  readonly name?: string;
}

interface RocketApi {
  onAssignAgent(heard: (agent: RocketAgent) => void): void;
}

const aboveFrame: Place = { selector: '.rocketchat-container', at: 'before' };

/**
 * @rocket.chat/livechat 1.13 (https://github.com/RocketChat/Rocket.Chat), a frame of another origin: the page cannot reach into it, so the
 * notice stands above the frame inside the floating widget, and there is no place for labels: prefix the messages on the server.
 * No message leaves the frame; `isPerson` tells from the agent that a conversation is given to:
 *
 *     mount('.rocketchat-widget', { engine, host: rocketChat({ isPerson: ({ username }) => username !== 'assistant' }) });
 */
export function rocketChat({ isPerson }: { readonly isPerson?: (agent: RocketAgent) => boolean } = {}): Adapter {
  return {
    slots: { 'before-chat': aboveFrame, 'chat-header': aboveFrame, 'first-message': aboveFrame, composer: aboveFrame },
    use(root, tell) {
      // The frame gives way inside the widget's own box, so that nothing leaves the screen where the chat fills it.
      const undress = dress(root, `.rocketchat-widget:has(>candor-notice){display:flex;flex-direction:column}
.rocketchat-widget>candor-notice{flex:none;max-block-size:50%;overflow:auto}.rocketchat-widget>.rocketchat-container{flex:1;min-block-size:0}
@media(min-width:481px){.rocketchat-widget>candor-notice{margin-inline:1rem}}
.rocketchat-widget[data-state=closed]>candor-notice{display:none}`);
      let heard = isPerson && ((agent: RocketAgent) => tell(isPerson(agent) ? 'human' : 'ai'));
      (globalThis as { RocketChat?: (task: (this: RocketApi) => void) => void }).RocketChat?.(function () {
        this.onAssignAgent((agent) => heard?.(agent));
      });
      return () => {
        heard = undefined;
        undress();
      };
    },
  };
}

export default rocketChat;
