import { composerOf, type Chat, type Composer } from './composer.js';

/** What may send: Enter, a press, a form. */
const types = ['keydown', 'keypress', 'keyup', 'click', 'submit'];

/**
 * Holds back what the person writes in a chat: what would send it does nothing, and the text stays. Each time `view` is told, which may
 * say why. What comes back lets messages go again; where the question had the focus, it is in the input then.
 */
export function hold(chat: Chat, view: { readonly host: Element; wait(): void }): () => void {
  const held = (event: Event) => {
    const composer = composerOf(chat);
    const path = event.composedPath();
    const end = path.indexOf(chat.element as EventTarget);
    // A message never waits for a question that is not there.
    if (!composer || !view.host.isConnected || path.includes(view.host) || !sends(event, composer, path.slice(0, Math.max(end, 0)))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    view.wait();
  };
  // Before any listener of the host, whatever root it stands in.
  for (const type of types) addEventListener(type, held, true);
  return () => {
    for (const type of types) removeEventListener(type, held, true);
    if (!view.host.shadowRoot?.activeElement) return;
    const { element } = chat;
    (element?.shadowRoot ?? element)?.querySelector<HTMLElement>(composerOf(chat)?.input ?? '')?.focus({ preventScroll: true });
  };
}

/** @param path what the event passed inside the chat; none: it was elsewhere */
function sends(event: Event, { input, send }: Composer, path: readonly EventTarget[]): boolean {
  const passed = (selector: string) => path.some((each) => each instanceof Element && each.matches(selector));
  if (!(event instanceof KeyboardEvent)) return passed(event.type === 'submit' ? 'form' : send);
  // Enter that ends the spelling of a word is no sending; WebKit tells it by the code alone.
  const spelling = event.isComposing || event.keyCode === 229;
  return event.key === 'Enter' && !event.shiftKey && !spelling && passed(input);
}
