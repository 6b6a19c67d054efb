import type { Adapter, Place, Speaker } from './host.js';

/** What is used of the runtime of a thread. */
export interface Runtime {
  readonly thread: {
    subscribe(changed: () => void): () => void;
    getState(): { readonly messages: readonly Message[] };
  };
}

interface Message {
  readonly id: string;
  readonly role: string;
  readonly metadata?: { readonly custom?: Readonly<Record<string, unknown>> };
}

const top: readonly Place[] = [{ selector: '[data-candor-slot~=chat-header]', at: 'last' }, { selector: '.aui-thread-viewport', at: 'before' }, { at: 'first' }];
const composer: readonly Place[] = [{ selector: '[data-candor-slot~=composer]', at: 'last' }, { selector: '.aui-composer-root', at: 'before' }];

/**
 * @assistant-ui/react 0.15 (https://github.com/assistant-ui/assistant-ui): primitives of React whose markup is the app's. Slots are what
 * the app marks with `data-candor-slot`, else beside the class names of the project's own templates. Target the thread by a selector, since a
 * change of key or route makes a new one. Who speaks is the message's own `metadata.custom.answeredBy`, `ai` or `human`:
 *
 *     mount('.aui-thread-root', { engine, host: assistantUi({ runtime }) });
 */
export function assistantUi({ runtime, by = ofMetadata }: {
  readonly runtime?: Runtime; readonly by?: (message: Message) => Speaker | undefined;
} = {}): Adapter {
  const messages = () => runtime?.thread.getState().messages ?? [];
  return {
    slots: { 'before-chat': top, 'chat-header': top, 'first-message': top, composer },
    messages: {
      row: '[data-message-id]',
      ai: ':is(.aui-assistant-message-content,[data-candor-message=ai])',
      by(row) {
        const message = messages().find(({ id }) => id === row.getAttribute('data-message-id'));
        return message && by(message);
      },
    },
    input: ':is(.aui-composer-input,[data-candor-slot~=composer] textarea)',
    use(_root, tell) {
      const hear = () => {
        const answers = messages().filter(({ role }) => role === 'assistant');
        const last = answers[answers.length - 1];
        const speaker = last && by(last);
        if (speaker) tell(speaker);
      };
      hear();
      return runtime?.thread.subscribe(hear) ?? (() => {});
    },
  };
}

export default assistantUi;

function ofMetadata({ metadata }: Message): Speaker | undefined {
  const who = metadata?.custom?.['answeredBy'];
  return who === 'ai' || who === 'human' ? who : undefined;
}
