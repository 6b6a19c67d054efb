import type { Closed, Embeds } from './gating/embeds.js';
import { addressIn, heldElements, waitingIn } from './gating/held.js';
import { scripts } from './gating/scripts.js';
import type { Decision, PurposeState } from './types.js';

export type Purposes = Readonly<Record<string, PurposeState>>;

/** What gates need and tell. */
export interface GateContext {
  /** `purpose-undeclared`, `gate-refused`, `gate-bypassed`, `document-write`: something stays closed, or was never gated. */
  readonly problem: (code: string, message: string) => void;
  /** What the gates do from now on, told before anything opens. */
  readonly changed: (purposes: Purposes, places: readonly string[]) => void;
  /** The person allows one purpose, at the place where something of it would stand. */
  readonly allow: (purpose: string, click: Event) => void;
  /** Whether we ask for a purpose, and nobody else does. */
  readonly mayAsk: (purpose: string) => boolean;
  /** What draws the places of closed embeds; asked for when the first embed is closed. */
  readonly embeds: () => Promise<Embeds>;
}

/** Elements whose place is kept by words while they are closed; the others are not missed. */
const drawn = /^(iframe|embed|object|video|audio)$/;

/**
 * Everything on the page that carries `data-candor="<purpose id>"`: scripts, and what loads from `data-src` and the like. All are closed until
 * `apply` opens some, and those of a purpose that nobody declared stay so. Elements that come later are met alike.
 */
export function gates({ problem, changed, allow, mayAsk, embeds }: GateContext) {
  const reported = new Set<string>();
  const held = heldElements(problem);
  let purposes: Purposes | undefined;
  let places: Promise<Embeds> | undefined;
  let told = '';
  let lang = 'en';
  let dir = 'ltr';

  const stateOf = ({ dataset: { candor = '' } }: HTMLElement): PurposeState | undefined => {
    if (!purposes) return undefined;
    const found = Object.entries(purposes).find(([id]) => id === candor)?.[1];
    if (found) return found;
    if (!reported.has(candor)) {
      reported.add(candor);
      problem('purpose-undeclared', `\`${candor}\` is not a purpose of the deployment: what carries it stays closed`);
    }
    return undefined;
  };
  const granted = (element: HTMLElement) => stateOf(element)?.state === 'granted';
  const runScripts = scripts(granted, problem);

  const look = () => {
    const closed: Closed[] = [];
    for (const element of document.querySelectorAll<HTMLElement>('[data-candor]')) {
      const waits = waitingIn(element);
      if (!waits) continue;
      held.check(element);
      if (granted(element)) held.open(element);
      else held.close(element);
      if (purposes && waits.length && !granted(element) && drawn.test(element.localName)) closed.push(closedOf(element));
    }
    if (closed.length || places) {
      places ??= embeds();
      places.then((drawing) => drawing.show(closed), () => (places = undefined));
    }
    void runScripts();
  };
  const closedOf = (element: HTMLElement): Closed => {
    const { candor: purpose = '' } = element.dataset;
    const state = stateOf(element);
    const mayAllow = mayAsk(purpose) && state && state.model !== 'prohibited';
    return {
      element, label: state?.label ?? purpose, services: state?.services ?? [], lang, dir, address: addressIn(element),
      allow: mayAllow ? (click) => allow(purpose, click) : undefined,
    };
  };

  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true, attributeFilter: ['data-candor', 'data-src'] });
  return {
    apply({ consent, jurisdictions }: Decision) {
      purposes = consent?.purposes ?? {};
      lang = consent?.lang ?? lang;
      dir = consent?.dir ?? dir;
      const now = JSON.stringify(purposes);
      if (now !== told) changed(purposes, jurisdictions);
      told = now;
      look();
    },
    stop: () => {
      observer.disconnect();
      void places?.then((drawing) => drawing.show([]));
    },
  };
}
