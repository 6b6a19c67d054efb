type Child = Node | string | false | undefined;

/** An element with attributes and children; text stays text. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name, attributes: Readonly<Record<string, string>>, ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children.filter((child): child is Node | string => !!child));
  return element;
}

/** Fills `root`. What stands there already in the same words stays, with the focus in it and whatever is just being pressed. */
export function fill(root: ShadowRoot, ...nodes: readonly Element[]): void {
  const next = new DocumentFragment();
  next.append(...nodes);
  if (!root.isEqualNode(next)) root.replaceChildren(next);
}

/** An address that may stand behind a link: configuration is not trusted. */
export function isSafeAddress(address: string | null | undefined): address is string {
  return /^(https?:|mailto:|tel:|\/|#|\.)/i.test(address ?? '');
}
