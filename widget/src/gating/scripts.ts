const waiting = 'script[type="text/plain"][data-candor]';

/**
 * Scripts that wait for consent: `<script type="text/plain" data-candor="<purpose id>">`. What `granted` lets through runs one after the
 * other, in the order of the page; one with `async` holds up none. An inline module is started in its turn, and like every module
 * of a page it may finish later.
 */
export function scripts(granted: (script: HTMLScriptElement) => boolean, problem: (code: 'document-write', message: string) => void) {
  let running = false;
  return async () => {
    if (running) return;
    running = true;
    for (let script = next(granted); script; script = next(granted)) {
      const done = activate(script, problem);
      if (!script.hasAttribute('async')) await done;
      // Between two scripts the page gets its turn, so that all of them together are no long task.
      await new Promise((resolve) => setTimeout(resolve));
    }
    running = false;
  };
}

function next(granted: (script: HTMLScriptElement) => boolean): HTMLScriptElement | undefined {
  return [...document.querySelectorAll<HTMLScriptElement>(waiting)].find(granted);
}

/**
 * Runs a script by inserting it again under its real type (`data-candor-type="module"`; none: a classic script). It is the element of the page
 * itself, nonce and all, because Trusted Types refuse text and address of a copy.
 */
function activate(script: HTMLScriptElement, problem: (code: 'document-write', message: string) => void): Promise<unknown> {
  const done = new Promise((resolve) => {
    if (!script.src) return resolve(0);
    for (const type of ['load', 'error']) script.addEventListener(type, resolve, { once: true });
  });
  const { parentNode, nextSibling } = script;
  script.remove();
  script.type = script.dataset['candorType'] ?? '';
  withoutWriting(() => parentNode?.insertBefore(script, nextSibling), () => {
    problem('document-write', `a script of \`${script.dataset['candor']}\` used document.write, which would have replaced the page`);
  });
  return done;
}

/** `document.write` in a script that starts after the page was read would empty the page; the browser itself keeps only files from it. */
function withoutWriting(run: () => void, refused: () => void): void {
  if (document.readyState === 'loading') return run();
  for (const name of ['write', 'writeln']) Object.defineProperty(document, name, { configurable: true, value: refused });
  try {
    run();
  } finally {
    for (const name of ['write', 'writeln']) delete (document as unknown as Record<string, unknown>)[name];
  }
}
