/** `ai-interaction`: "AI interaction". */
export const words = (id) => id.replaceAll('-', ' ').replace(/^ai\b/, 'AI').replace(/^./, (first) => first.toUpperCase());

export const date = (day) => new Date(`${day}T12:00:00Z`).toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/** An element with what is in it; text stays text, and what is false is left out. */
export function element(name, ...children) {
  const made = document.createElement(name);
  made.append(...children.filter((child) => child !== false));
  return made;
}

export function link(address, text) {
  return Object.assign(element('a', text), { href: address, rel: 'noreferrer' });
}

/** Terms and what is said of them. */
export function list(rows) {
  return element('dl', ...Object.entries(rows).filter(([, value]) => value).flatMap(([term, value]) => [element('dt', term), element('dd', value)]));
}
