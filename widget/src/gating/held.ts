/** Where each kind of element has the addresses that it loads: they wait under `data-<name>`. */
const addresses: Readonly<Record<string, readonly string[]>> = {
  iframe: ['src'], embed: ['src'], object: ['data'], img: ['srcset', 'src'], source: ['srcset', 'src'], track: ['src'],
  video: ['poster', 'src'], audio: ['src'], link: ['href'],
};

const plugins = /^(embed|object)$/;
/** What an iframe takes over from them; not what would run there, such as `srcdoc` and `onload`. */
const carried = /^(id|class|title|name|width|height|lang|dir|hidden|role|tabindex|aria-.+|data-(?!candor-closed$).+)$/;

export type Problem = (code: 'purpose-undeclared' | 'gate-refused' | 'gate-bypassed', message: string) => void;

/** The names of the addresses that wait in an element; undefined: it is no element that can wait. */
export function waitingIn({ localName, dataset }: HTMLElement): readonly string[] | undefined {
  return addresses[localName]?.filter((name) => dataset[name]);
}

/** The first address that waits in an element, resolved; undefined where it is none. */
export function addressIn(element: HTMLElement): URL | undefined {
  const name = waitingIn(element)?.find((each) => each !== 'srcset' && each !== 'poster');
  try {
    return name ? new URL(element.dataset[name] ?? '', document.baseURI) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Iframes, images and whatever else loads from an address: opened by moving the address to where the browser looks for it,
 * closed by putting back what stood there before. An iframe that is closed again is emptied.
 */
export function heldElements(problem: Problem) {
  /** What stood where an address was put. */
  const opened = new WeakMap<HTMLElement, Map<string, { readonly former: string | null; readonly now: string }>>();
  const reported = new WeakSet<HTMLElement>();

  const report = (element: HTMLElement, code: 'gate-refused' | 'gate-bypassed', message: string) => {
    if (reported.has(element)) return;
    reported.add(element);
    problem(code, message);
  };

  return {
    /** Says so where an element has its address where the browser has already loaded it. */
    check(element: HTMLElement) {
      const names = addresses[element.localName];
      if (!names || waitingIn(element)?.length || opened.has(element)) return;
      const loaded = names.find((name) => element.hasAttribute(name));
      if (loaded) report(element, 'gate-bypassed', `<${element.localName} ${loaded}> of \`${element.dataset['candor']}\` loads before any choice: use \`data-${loaded}\``);
    },
    open(element: HTMLElement) {
      if (plugins.test(element.localName)) {
        if (waitingIn(element)?.length) element.replaceWith(frameFor(element));
        return;
      }
      const done = opened.get(element) ?? new Map<string, { former: string | null; now: string }>();
      let changed = false;
      for (const name of waitingIn(element) ?? []) {
        const now = element.dataset[name] ?? '';
        if (done.get(name)?.now === now) continue;
        if (name !== 'srcset' && !isWebAddress(now)) {
          report(element, 'gate-refused', `\`${now}\` is no address that a page loads from`);
          continue;
        }
        const former = done.get(name)?.former ?? element.getAttribute(name);
        element.setAttribute(name, now);
        done.set(name, { former, now });
        changed = true;
      }
      if (!changed) return;
      opened.set(element, done);
      reload(element);
    },
    close(element: HTMLElement) {
      const done = opened.get(element);
      if (!done) return;
      opened.delete(element);
      for (const [name, { former }] of done) {
        if (former === null) element.removeAttribute(name);
        else element.setAttribute(name, former);
      }
      // Taking an address away leaves the frame's page where it is; putting the frame in again does not.
      if (element.localName === 'iframe') element.after(element);
      reload(element);
    },
  };
}

/**
 * A closed iframe in place of an `embed` or `object`, whose addresses are sinks of Trusted Types: no script may fill them without a policy. Being new
 * on the page, it is met like any other.
 */
function frameFor(element: HTMLElement): HTMLElement {
  const frame = document.createElement('iframe');
  for (const { name, value } of element.attributes) if (carried.test(name)) frame.setAttribute(name === 'data-data' ? 'data-src' : name, value);
  frame.style.cssText = element.style.cssText;
  return frame;
}

/** Media look at their addresses again only when they are told to. */
function reload(element: HTMLElement): void {
  const media = element.localName === 'source' ? element.parentElement : element;
  if (media instanceof HTMLMediaElement) media.load();
}

/** Markup that sanitisers let through may carry `data-src`: it must not become a script. */
function isWebAddress(address: string): boolean {
  try {
    return /^https?:$/.test(new URL(address, document.baseURI).protocol);
  } catch {
    return false;
  }
}
