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

/** An address that may stand behind a link: configuration is not trusted. */
export function isSafeAddress(address: string | null | undefined): address is string {
  return /^(https?:|mailto:|tel:|\/|#|\.)/i.test(address ?? '');
}
