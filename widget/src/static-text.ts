import { paragraphs } from './elements/notice.js';
import type { Notice } from './types.js';

/** Text that the server wrote for a channel, as `candor snippet` does: `<div data-candor-static="chat"><p>…</p></div>`. */
export function staticTexts(channel: string): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[data-candor-static]')]
    .filter(({ dataset: { candorStatic } }) => !candorStatic || candorStatic === channel);
}

/** Says in static text what was decided. The AI notice goes only when a person takes over, and comes back with the AI. */
export function refine(text: HTMLElement, notices: readonly Notice[], person: boolean): void {
  if (!person && !notices.some(({ topic }) => topic === 'ai-interaction')) return;
  for (const paragraph of text.querySelectorAll(':scope > p')) paragraph.remove();
  text.prepend(...notices.flatMap(paragraphs));
  text.hidden = !notices.length;
}
