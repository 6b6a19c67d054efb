import type { Slot } from '../types.js';
import type { Composer } from './composer.js';

/** Beside or inside the element that `selector` finds in the host's root, or in the whole page; without a selector: inside the root itself. */
export interface Place {
  readonly selector?: string;
  readonly at: 'first' | 'last' | 'before' | 'after';
  readonly inPage?: boolean;
}

/** Who answers. */
export type Speaker = 'ai' | 'human';

/** What a host lets us use. An adapter says where things are and who speaks, never what is due. */
export interface Adapter {
  /** Where each slot is; the first place that is there counts. Slots of the page around it need not be named. */
  readonly slots: Readonly<Partial<Record<Slot, Place | readonly Place[]>>>;
  /** The host draws into its open shadow root. */
  readonly shadow?: boolean;
  /** Messages by the assistant, for labels: styled, never changed. `row` is what stays when a message is redrawn. */
  readonly messages?: Messages;
  /** What a person writes into, in the root of the messages: the notices become its description, until a host draws it without them. */
  readonly input?: string;
  /**
   * Where messages are written, so that one can wait for an answer. Known for deep-chat; where an adapter uses nothing of its host, whatever
   * can be written in and submitted; else messages cannot wait, and `candor:error` says `no-composer`.
   */
  readonly composer?: Composer;
  /** The element that gives way to a notice at the top, where the host's own layout makes no room. */
  readonly giveWay?: string;
  /**
   * Called once for each root that the host draws into, before a notice stands there. `tell` says who answers, as the host's own events
   * know it. The function that comes back undoes all.
   */
  readonly use?: (root: Element | ShadowRoot, tell: (by: Speaker) => void) => () => void;
  /** Hands the words of the label to a host that labels messages itself; undefined: none is due, or a person answers. */
  readonly label?: (text: string | undefined) => void;
}

export interface Messages {
  readonly row: string;
  readonly ai: string;
  /** The root that messages are drawn into, where it is not the host's; undefined: not there yet. */
  readonly within?: (target: Element) => ShadowRoot | null | undefined;
  /** Who wrote the message of a row, as the host's data know it. Without it, or undefined: whoever answers when it appears. */
  readonly by?: (row: Element) => Speaker | undefined;
}

/** The root that an adapter's selectors look into; null: not there yet. */
export function rootOf(target: Element, adapter: Adapter): Element | ShadowRoot | null {
  return adapter.shadow ? target.shadowRoot : target;
}

/** The root that messages are drawn into; null or undefined: not there yet. */
export function messagesIn(target: Element, { messages, shadow }: Adapter): ShadowRoot | Document | null | undefined {
  return messages?.within ? messages.within(target) : shadow ? target.shadowRoot : document;
}

/** The messages on the assistant's side. */
export function byAi({ row, ai }: Messages): string {
  return `${row} ${ai}`;
}

/** Puts `node` into the first of `places` that is there. */
export function put(node: Element, root: Element | ShadowRoot | null, places: readonly Place[]): boolean {
  for (const { selector, at, inPage } of places) {
    const within = inPage ? document.documentElement : root;
    const anchor = selector ? within?.querySelector(selector) : within;
    if (!anchor) continue;
    if (at === 'first') anchor.prepend(node);
    else if (at === 'last') anchor.append(node);
    else if (anchor instanceof Element) anchor[at](node);
    return true;
  }
  return false;
}
