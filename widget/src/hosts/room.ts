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

/** Takes an element out of the page. Answers what gives its room back at once. */
export function leavingRoom(element: HTMLElement): () => void {
  const room = document.createElement('div');
  if (getComputedStyle(element).position === 'static') {
    room.style.cssText = `flex:none;block-size:${element.offsetHeight}px`;
    element.before(room);
  }
  element.remove();
  const free = () => room.remove();
  atNextInput(free);
  return free;
}

/** At a click, not where it begins: what is being pressed would move away under the pointer. @param act may be called twice */
export function atNextInput(act: () => void): void {
  for (const type of ['keydown', 'click']) addEventListener(type, act, { once: true, capture: true });
}
