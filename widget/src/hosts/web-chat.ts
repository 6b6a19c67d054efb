import type { Adapter, Place, Speaker } from './host.js';

/** What is read of an activity of Direct Line. */
export interface Activity {
  readonly id?: string;
  readonly type?: string;
  readonly name?: string;
  readonly value?: unknown;
  readonly from?: { readonly role?: string };
  readonly channelData?: { readonly streamId?: string; readonly streamType?: string };
  readonly entities?: readonly { readonly type?: string; readonly additionalType?: readonly string[] }[];
}

interface Action {
  readonly type?: unknown;
  readonly payload?: { readonly activity?: Activity };
}

const beforeTranscript: Place = { selector: '.webchat__basic-transcript', at: 'before' };

/**
 * botframework-webchat 4.18 (https://github.com/microsoft/BotFramework-WebChat), in the page itself, drawn by React. Give its store the
 * middleware, so that who speaks comes from the activities:
 *
 *     const host = webChat();
 *     WebChat.renderWebChat({ directLine, store: WebChat.createStore({}, host.middleware) }, element);
 *     mount(element, { engine, host });
 *
 * A person answers from the event `handoff.status` with the state `accepted` until `completed` or `failed`; a message with the entity
 * `AIGeneratedContent` is always the AI's. `by` may know better. Without the middleware a message is by whoever answers when it appears.
 */
export function webChat({ by }: { readonly by?: (activity: Activity) => Speaker | undefined } = {}) {
  let speaker: Speaker = 'ai';
  let told: ((by: Speaker) => void) | undefined;
  let rows: readonly Element[] = [];
  // Messages of the other side by stream or id, in the order of their arrival: that of the rows.
  const authors = new Map<string, Speaker>();

  const hear = (activity: Activity) => {
    const { type, name, value, from, channelData: { streamType, streamId } = {}, id = '' } = activity;
    if (type === 'event' && name === 'handoff.status') {
      speaker = (value as { state?: string } | undefined)?.state === 'accepted' ? 'human' : 'ai';
      told?.(speaker);
    }
    if (from?.role === 'user' || !(type === 'message' || (type === 'typing' && streamType))) return;
    authors.set(streamId ?? id, by?.(activity) ?? (isMarked(activity) ? 'ai' : authors.get(streamId ?? id) ?? speaker));
  };
  return {
    slots: {
      'before-chat': beforeTranscript, 'chat-header': beforeTranscript, 'first-message': beforeTranscript,
      composer: { selector: '.webchat__send-box', at: 'before' },
    },
    messages: {
      // Live regions repeat the messages for screen readers: they are not the transcript.
      row: '.webchat__basic-transcript__activity',
      ai: '.webchat__bubble:not(.webchat__bubble--from-user)>.webchat__bubble__content>:first-child',
      by(row: Element) {
        if (!rows.includes(row) || !row.nextElementSibling) {
          rows = [...(row.parentElement?.children ?? [])].filter((each) => each.querySelector('.webchat__bubble:not(.webchat__bubble--from-user)'));
        }
        return [...authors.values()][rows.indexOf(row)];
      },
    },
    input: '[data-id=webchat-sendbox-input]',
    use(_root: Element | ShadowRoot, tell: (by: Speaker) => void) {
      told = tell;
      if (speaker === 'human') tell(speaker);
      return () => {
        told = undefined;
      };
    },
    /** For `WebChat.createStore({}, middleware)`. */
    middleware: () => (next: (action: unknown) => unknown) => (action: unknown) => {
      const { type, payload } = action as Action;
      if (type === 'DIRECT_LINE/INCOMING_ACTIVITY' && payload?.activity) hear(payload.activity);
      return next(action);
    },
  } satisfies Adapter & { middleware: unknown };
}

export default webChat;

function isMarked({ entities = [] }: Activity): boolean {
  return entities.some(({ additionalType }) => additionalType?.includes('AIGeneratedContent'));
}
