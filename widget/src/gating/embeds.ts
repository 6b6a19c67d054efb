/**
 * The places of embeds that are closed: what would load, from whom and for what, and a button that allows it. A file of its own, which a page
 * loads when it has such an embed.
 */
import { lookup } from '../baseline.js';
import { make } from '../elements/dom.js';
import { adopt, elementOf, sheetOf } from '../elements/style.js';
import type { Service } from '../types.js';

/** The widget's own words by language: the build takes them from locales/. */
declare const CANDOR_EMBED_WORDS: Readonly<Record<string, { readonly title: string; readonly from: string; readonly purpose: string; readonly allow: string }>>;

/** An embed that is closed. */
export interface Closed {
  readonly element: HTMLElement;
  /** The purpose in the person's words. */
  readonly label: string;
  /** Those who work for it, as the deployment declares them. */
  readonly services: readonly Service[];
  readonly lang: string;
  readonly dir: string;
  readonly address: URL | undefined;
  /** Undefined: it cannot be allowed here. */
  readonly allow: ((click: Event) => void) | undefined;
}

export interface Embeds {
  /** Draws exactly these; the places of others go. */
  show(closed: readonly Closed[]): void;
}

/** How often a place is drawn again in a page that takes it away. */
const patience = 5;

const css = `
:host{overflow:auto;max-inline-size:100%}
div{display:grid;align-content:center;gap:.625rem;block-size:100%;min-block-size:inherit;padding:1rem;background:var(--candor-card,var(--card));
border:1px solid var(--candor-line,var(--line));border-radius:var(--candor-radius,12px);overflow-wrap:anywhere}
p,dl,dd{margin:0}
dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem .75rem}
dt{color:var(--candor-soft,var(--soft))}
button{justify-self:start;min-block-size:2.75rem;padding:.5rem .875rem;border:1.5px solid;border-radius:calc(var(--candor-radius,12px) - 2px);background:none;font-weight:600;cursor:pointer}
`;

export function embeds(): Embeds {
  const places = new Map<HTMLElement, { readonly host: HTMLElement; readonly draw: (closed: Closed) => void; drawn: string; count: number }>();
  adopt(document, sheetOf('[data-candor-closed]{display:none!important}'));
  return {
    show(closed) {
      for (const [element, { host }] of places) {
        if (closed.some((each) => each.element === element)) continue;
        places.delete(element);
        const focused = document.activeElement === host;
        element.removeAttribute('data-candor-closed');
        host.remove();
        if (focused) element.focus({ preventScroll: true });
      }
      for (const each of closed) {
        const { element } = each;
        const place = places.get(element) ?? (isToBeSeen(element) ? { ...placeOf(element), drawn: '', count: 0 } : undefined);
        if (!place) continue;
        places.set(element, place);
        const drawn = JSON.stringify([each.label, each.services, each.lang, each.address, !!each.allow]);
        if (drawn !== place.drawn) place.draw(each);
        place.drawn = drawn;
        if (element.previousElementSibling === place.host || place.count++ > patience) continue;
        element.before(place.host);
        element.setAttribute('data-candor-closed', '');
      }
    },
  };
}

/** Pixels in frames, and what the page hides itself, are not missed. */
function isToBeSeen(element: HTMLElement): boolean {
  // In a closed tab; and Firefox gives an empty `embed` no box.
  if (!element.getClientRects().length || (element.localName === 'embed' && !element.clientWidth)) return !element.hidden && !/^[0-3]$/.test(element.getAttribute('width') ?? '');
  const { width, height } = element.getBoundingClientRect();
  return width > 3 && height > 3 && getComputedStyle(element).visibility !== 'hidden';
}

function placeOf(element: HTMLElement) {
  const { host, root } = elementOf('candor-embed', css);
  const size = sheetOf(':host{}');
  const rule = size?.cssRules[0] as CSSStyleRule | undefined;
  const { width, height } = element.getBoundingClientRect();
  if (/absolute|fixed/.test(getComputedStyle(element).position)) {
    // Frames that fill a box of a fixed ratio.
    for (const [name, value] of [['position', 'absolute'], ['inset', '0']] as const) rule?.style.setProperty(name, value);
  } else if (width && height) {
    rule?.style.setProperty('inline-size', `${width}px`);
    rule?.style.setProperty('min-block-size', `${height}px`);
  }
  adopt(root, size);
  return {
    host,
    draw({ label, services, lang, dir, address, allow }: Closed) {
      const words = CANDOR_EMBED_WORDS[lookup([lang], Object.keys(CANDOR_EMBED_WORDS))];
      if (!words) return;
      const from = [address?.hostname, recipientOf(services, address?.hostname)].filter((name) => name).join(', ');
      const button = allow && make('button', { type: 'button', part: 'allow' }, `${words.allow}: ${label}`);
      button?.addEventListener('click', (click) => allow?.(click));
      root.replaceChildren(make('div', { role: 'group', 'aria-label': element.title || words.title, part: 'embed', lang, dir },
        make('p', {}, make('b', {}, element.title || words.title)),
        make('dl', {}, !!from && make('dt', {}, words.from), !!from && make('dd', {}, from), make('dt', {}, words.purpose), make('dd', {}, label)),
        button));
    },
  };
}

/** Who stands behind `host`: the service that names it, else the only service of the purpose. */
function recipientOf(services: readonly Service[], host: string | undefined): string | undefined {
  const service = services.find(({ hosts = [] }) => hosts.some((each) => host === each || host?.endsWith(`.${each}`))) ?? (services.length === 1 ? services[0] : undefined);
  return service?.recipient ?? service?.name;
}
