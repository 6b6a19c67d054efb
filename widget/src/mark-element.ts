const names = ['ai-disclosure', 'data-ai-disclosure'];

export function isMarked(element: Element): boolean {
  return names.some((name) => element.hasAttribute(name));
}

/** Marks an element, unless it is marked already: then false. */
export function markElement(element: Element, origin: string): boolean {
  if (isMarked(element)) return false;
  for (const name of names) element.setAttribute(name, origin);
  return true;
}

export function unmarkElement(element: Element): void {
  for (const name of names) element.removeAttribute(name);
}
