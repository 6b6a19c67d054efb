import type { Decision } from './types.js';

const waiting = 'script[type="text/plain"][data-candor]';

/** Scripts that wait for consent: `<script type="text/plain" data-candor="<purpose id>">`. All are closed until `apply` opens some. */
export function gates(undeclared: (purpose: string) => void) {
  const reported = new Set<string>();
  let decision: Decision | undefined;
  let running = false;

  const next = () => [...document.querySelectorAll<HTMLScriptElement>(waiting)].find(({ dataset: { candor = '' } }) => {
    const purpose = decision && Object.entries(decision.consent?.purposes ?? {}).find(([id]) => id === candor)?.[1];
    if (decision && !purpose && !reported.has(candor)) {
      reported.add(candor);
      undeclared(candor);
    }
    return purpose?.state === 'granted';
  });

  /** One after the other, in the order of the page. */
  const run = async () => {
    if (running) return;
    running = true;
    for (let script = next(); script; script = next()) await activate(script);
    running = false;
  };

  const observer = new MutationObserver(() => void run());
  observer.observe(document, { childList: true, subtree: true });
  return {
    apply(decided: Decision) {
      decision = decided;
      void run();
    },
    stop: () => observer.disconnect(),
  };
}

/**
 * Runs a script by inserting it again under its real type (`data-candor-type="module"`; none: a classic script). It is the element of the page
 * itself, because Trusted Types refuse text and address of a copy.
 */
function activate(script: HTMLScriptElement): Promise<unknown> {
  const done = new Promise((resolve) => {
    if (!script.src) return resolve(0);
    script.onload = script.onerror = resolve;
  });
  const { parentNode, nextSibling } = script;
  script.remove();
  script.type = script.dataset['candorType'] ?? '';
  parentNode?.insertBefore(script, nextSibling);
  return done;
}
