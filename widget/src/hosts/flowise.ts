import type { Adapter, Place, Speaker } from './host.js';
import { dress } from './style.js';

/** What is read of a message of the chat flow. */
export interface FlowiseMessage {
  readonly type?: string;
  readonly message?: string;
  readonly id?: string;
}

const list = '[part=bot] .overflow-y-scroll';
const aboveList: Place = { selector: list, at: 'before' };

/**
 * flowise-embed 3.1 (https://github.com/FlowiseAI/FlowiseChatEmbed), in the open shadow root of `<flowise-chatbot>`. It replaces the whole
 * row of a message while its text arrives, so nothing stands in a row and nothing is kept on one. `by` says who wrote a message, from its
 * data; then hand `observers` to the chat:
 *
 *     const host = flowise({ by: ({ message }) => … });
 *     Chatbot.init({ chatflowid, apiHost, observersConfig: host.observers });
 *     mount('flowise-chatbot', { engine, host });
 */
export function flowise({ by }: { readonly by?: (message: FlowiseMessage) => Speaker | undefined } = {}) {
  let authors: readonly (Speaker | undefined)[] = [];
  let told: ((by: Speaker) => void) | undefined;
  return {
    slots: { 'before-chat': aboveList, 'chat-header': aboveList, 'first-message': aboveList, composer: { selector: '[data-testid=input]', at: 'before' } },
    shadow: true,
    messages: {
      row: '.host-container',
      ai: '[data-testid=host-bubble]',
      by: (row: Element) => authors[rowsAround(row).indexOf(row)],
    },
    input: '[data-testid=input] textarea',
    use(root: Element | ShadowRoot, tell: (by: Speaker) => void) {
      told = tell;
      // The title lies over the list, which keeps 70 px clear for it: the notice, or its room, comes between them.
      const undress = dress(root, `candor-notice{flex:none;margin-block-start:56px}${list}:not(:first-child){padding-block-start:1rem}
[data-testid=input]{flex-wrap:wrap}`);
      return () => {
        told = undefined;
        undress();
      };
    },
    /** For `observersConfig`. */
    observers: {
      observeUserInput() {},
      observeLoading() {},
      observeMessages(messages: unknown) {
        if (!by) return;
        authors = (messages as readonly FlowiseMessage[]).filter(({ type }) => type === 'apiMessage').map(by);
        const last = authors[authors.length - 1];
        if (last) told?.(last);
      },
    },
  } satisfies Adapter & { observers: unknown };
}

export default flowise;

function rowsAround(row: Element): readonly Element[] {
  return [...(row.closest('[part=bot]')?.querySelectorAll('.host-container') ?? [])];
}
