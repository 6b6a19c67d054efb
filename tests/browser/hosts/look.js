// What the tests ask a page, in any engine: what of ours stands there, through open shadow roots, and what was told.
(() => {
  const roots = (root) => [root, ...[...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ? roots(shadowRoot) : [])];
  const all = (selector) => roots(document).flatMap((root) => [...root.querySelectorAll(selector)]);
  const notices = () => all('candor-notice').flatMap((host) => [...host.shadowRoot.querySelectorAll('[role=note]')])
    .filter((note) => /AI system|ذكاء/.test(note.textContent) && note.checkVisibility());

  /** The innermost element at a point, and what it is in, outwards. */
  function* at(x, y) {
    let found = document.elementFromPoint(x, y);
    for (let inner = found; inner?.shadowRoot;) {
      inner = inner.shadowRoot.elementFromPoint(x, y);
      if (!inner || inner === found) break;
      found = inner;
    }
    for (; found; found = found.parentElement ?? found.getRootNode().host) yield found;
  }

  globalThis.look = {
    all,
    notices,
    /** On the screen, and covered by nothing. */
    isSeen(note) {
      const { top, bottom, left, right } = note.getBoundingClientRect();
      const inside = top >= 0 && left >= 0 && bottom <= globalThis.innerHeight && right <= globalThis.innerWidth && bottom > top;
      return inside && [...at((left + right) / 2, (top + bottom) / 2)].includes(note);
    },
    /** The message that says `text`. */
    message: (selector, text) => all(selector).find((element) => roots(element).some(({ textContent }) => textContent.includes(text))),
    /** What has the focus, inside any root. */
    focus() {
      let { activeElement: found } = document;
      while (found?.shadowRoot?.activeElement) found = found.shadowRoot.activeElement;
      return found;
    },
  };
  if (globalThis.candorEvents) return;
  globalThis.candorEvents = [];
  for (const type of ['decision', 'shown', 'choice', 'action', 'error']) globalThis.addEventListener(`candor:${type}`, ({ detail }) => globalThis.candorEvents.push([type, detail]));
})();
