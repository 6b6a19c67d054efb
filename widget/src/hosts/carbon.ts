import type { Adapter, Place, Speaker } from './host.js';

/** What is used of the instance that `onBeforeRender` hands over. */
export interface CarbonInstance {
  on(handler: { type: string; handler: (event: CarbonEvent) => void }): unknown;
  off(handler: { type: string; handler: (event: CarbonEvent) => void }): unknown;
}

export interface CarbonEvent {
  readonly type?: string;
  readonly data?: { readonly message_options?: { readonly response_user_profile?: { readonly user_type?: string } } };
}

/** The chat's own writeable elements: light children of the container, which its redraws leave alone. */
const own = (name: string): Place => ({ selector: `:scope>[slot=${name}]`, at: 'first' });
const header = own('headerBottomElement');

/**
 * @carbon/ai-chat 1.9 (https://github.com/carbon-design-system/carbon-ai-chat). Notices stand in its native slots; who wrote a message is
 * the `user_type` that the chat draws itself by. With the instance a hand-over is heard too:
 *
 *     element.onBeforeRender = (instance) => mount(element, { engine, host: carbon({ instance }) });
 */
export function carbon({ instance }: { readonly instance?: CarbonInstance } = {}): Adapter {
  return {
    slots: { 'before-chat': header, 'chat-header': header, 'first-message': header, composer: own('beforeInputElement') },
    messages: {
      row: '.cds-aichat--message--response',
      ai: '.cds-aichat--received--text:not(.cds-aichat--received--from-human)',
      // One root further in than the element's own; beyond it messages are drawn in further ones that need no label.
      within: (target) => target.shadowRoot?.querySelector('cds-aichat-internal')?.shadowRoot,
      by: (row) => row.querySelector('.cds-aichat--received--from-human') ? 'human' : 'ai',
    },
    input: '[data-testid=input_field]',
    use(_root, tell) {
      const handlers = [
        { type: 'receive', handler: ({ data }: CarbonEvent) => {
          const speaker = ofType(data?.message_options?.response_user_profile?.user_type);
          if (speaker) tell(speaker);
        } },
        { type: 'human_agent:receive', handler: () => tell('human') },
        { type: 'human_agent:endChat', handler: () => tell('ai') },
      ];
      for (const handler of handlers) instance?.on(handler);
      return () => {
        for (const handler of handlers) instance?.off(handler);
      };
    },
  };
}

export default carbon;

function ofType(type: string | undefined): Speaker | undefined {
  if (type === 'human') return 'human';
  return type === undefined ? undefined : 'ai';
}
