import { make } from '../elements/dom.js';

/**
 * Nothing moves under the eyes of a person: the room of what goes stays until they act, since what moves then follows from it. Layout shifts
 * within half a second of an input do not count either (WICG Layout Instability).
 */

/** Changes what is in an element; where that makes it lower, it stays as high as it was. */
export function keepingRoom(element: HTMLElement, change: () => void): void {
  const { offsetHeight } = element;
  change();
  if (element.offsetHeight < offsetHeight) {
    element.style.minBlockSize = `${offsetHeight}px`;
    atNextInput(() => (element.style.minBlockSize = ''));
  }
}

/** Takes an element out of the page. Answers what stands in its room. */
export function leavingRoom(element: HTMLElement): HTMLElement {
  const room = make('div', {});
  const { position, margin } = getComputedStyle(element);
  room.style.cssText = `position:${position};margin:${margin};min-block-size:${element.offsetHeight}px`;
  element.replaceWith(room);
  atNextInput(() => room.remove());
  return room;
}

/** At a click, not where it begins: what is being pressed would move away under the pointer. @param act may be called twice */
export function atNextInput(act: () => void): void {
  for (const type of ['keydown', 'click']) addEventListener(type, act, { once: true, capture: true });
}
