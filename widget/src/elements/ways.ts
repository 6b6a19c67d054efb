import type { ConsentEvent, Decision } from '../types.js';
import { choicesIn } from '../words.js';
import { isSafeAddress, make } from './dom.js';
import { offersOf } from './offers.js';
import { elementOf } from './style.js';

const css = `
div{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;padding:.625rem 1rem;font-size:.8125rem;background:var(--candor-card,var(--card));border-block-start:1px solid var(--candor-line,var(--line));overflow-wrap:anywhere}
a,button{display:inline-flex;align-items:center;gap:.375rem;min-block-size:1.5rem;padding:0;border:0;background:none;text-align:start;text-decoration:underline;cursor:pointer}
svg{inline-size:1.875rem;block-size:.875rem;flex:none;forced-color-adjust:none}
`;

/** Links that open the choices themselves where the deployment has no page of its own for them. */
const toChoices = ['privacy-choices', 'do-not-sell', 'limit-sensitive', 'withdraw'];

/**
 * `<candor-ways>`: the links that must be reachable, and the way back to the choices, which stays: withdrawing is one click, as giving was.
 */
export function waysView(decide: (event: Pick<ConsentEvent, 'type'>, click: Event) => void, choose: () => void, openHub: () => void) {
  const { host, root } = elementOf('candor-ways', css);
  let first: HTMLElement | undefined;
  const button = (part: string, label: string, press: (click: Event) => void, ...icon: Element[]) => {
    const made = make('button', { type: 'button', part }, ...icon, label);
    made.addEventListener('click', press);
    return made;
  };
  const focus = () => first?.focus({ preventScroll: true });
  return {
    host,
    /** Gives the focus to the way back to the choices. */
    focus,
    draw(decision: Decision) {
      const { lang = '', dir = '', actions = [] } = decision.consent ?? {};
      const had = !!root.activeElement;
      const offers = offersOf(decision);
      // What acts at once stands for a link of the same name.
      const named = decision.links.filter((link) => !offers.some(({ label }) => label === link.label));
      const opening = named.filter(({ id, url }) => !isSafeAddress(url) && toChoices.includes(id));
      const links = named.map(({ id, label, url, verbatim }) => {
        const icon = id === 'privacy-choices' && verbatim ? [privacyIcon()] : [];
        if (isSafeAddress(url)) return make('a', { href: url, part: 'link' }, ...icon, label);
        return opening.some((link) => link.id === id) && button('choose', label, choose, ...icon);
      });
      const own = opening.length === 0 && button('choose', choicesIn(lang), choose);
      root.replaceChildren(make('div', { part: 'ways', role: 'group', lang, dir }, ...links, own,
        ...actions.filter(({ id }) => id === 'legal-hub').map(({ id, label }) => button(id, label, openHub)),
        ...offers.map(({ id, label }) => button(id, label, (click) => decide({ type: id }, click)))));
      first = root.querySelector<HTMLElement>('[part=choose]') ?? undefined;
      if (had) focus();
    },
  };
}

/** The icon that California gives to opt-out links: the pill with a tick and a cross. */
function privacyIcon(): SVGElement {
  const shapes: Record<string, string>[] = [
    { fill: '#06f', d: 'M22.6 0H7.4a7 7 0 0 0 0 14h15.2a7 7 0 0 0 0-14z' },
    { fill: '#fff', d: 'M7.4 12.8h6.8l3.1-11.6H7.4a5.8 5.8 0 0 0 0 11.6z' },
    { fill: 'none', stroke: '#06f', d: 'M5.8 7.3 8 9.4l4.3-4.9' },
    { fill: 'none', stroke: '#fff', d: 'm19.1 4.4 5.1 5.2m0-5.2-5.1 5.2' },
  ];
  const drawn = (name: string, attributes: Record<string, string>, ...children: SVGElement[]) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  const line = { 'stroke-width': '1.2', 'stroke-linecap': 'round', 'stroke-linejoin': 'round' };
  return drawn('svg', { viewBox: '0 0 30 14', 'aria-hidden': 'true', ...line }, ...shapes.map((shape) => drawn('path', shape)));
}
