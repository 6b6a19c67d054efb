/** Why an element that stands in the page cannot be seen there; `closed`: what it stands in is not shown either. */
export type Hidden = 'gone' | 'closed' | 'not-displayed' | 'too-small' | 'transparent' | 'off-page' | 'clipped' | 'covered';

/** Smaller than one short word, in CSS pixels. */
const least = { width: 24, height: 8, font: 6 };
const opaque = 0.5;
/** Where an element is probed, as fractions of its box; most of these must be its own. */
const probes = [[0.5, 0.5], [0.1, 0.25], [0.9, 0.25], [0.1, 0.75], [0.9, 0.75]] as const;

/**
 * Why `node` cannot be seen though it should be: not because it is scrolled out of view, which `inView` says. `target` is what
 * it belongs to, a chat or the page. Undefined: nothing hides it. A cover that lets clicks through is not found.
 */
export function hiddenBy(node: Element, target: Element | null, inView: boolean): Hidden | undefined {
  if (!target?.isConnected || !isDrawn(target)) return 'closed';
  if (!node.isConnected) return 'gone';
  if (!isDrawn(node)) return 'not-displayed';
  const box = boxOf(node);
  const { width, height, right, bottom } = box.getBoundingClientRect();
  if (width < least.width || height < least.height) return 'too-small';
  if (opacityOf(node) < opaque) return 'transparent';
  const { color, fontSize, pointerEvents } = getComputedStyle(box);
  if (parseFloat(fontSize) < least.font) return 'too-small';
  if (color === 'transparent' || /,\s*0\)$|\/\s*0\)$/.test(color)) return 'transparent';
  if (right + scrollX <= 0 || bottom + scrollY <= 0) return 'off-page';
  if (!inView) return isClipped(node) ? 'clipped' : undefined;
  return pointerEvents !== 'none' && isCovered(box) ? 'covered' : undefined;
}

/** The part of one of our elements that is drawn: where the element itself is only a frame, what is in it. */
export function boxOf(node: Element): Element {
  return (getComputedStyle(node).pointerEvents === 'none' && node.shadowRoot?.firstElementChild) || node;
}

function isDrawn(node: Element): boolean {
  return node.getClientRects().length > 0 && node.checkVisibility?.({ opacityProperty: true, visibilityProperty: true }) !== false;
}

/** What is around a node, through shadow roots and slots. */
function* around(node: Element): Generator<Element> {
  for (let at: Element | null = node; at;) {
    yield at;
    const { parentNode }: Element = at;
    at = at.assignedSlot ?? (parentNode instanceof ShadowRoot ? parentNode.host : at.parentElement);
  }
}

function opacityOf(node: Element): number {
  let opacity = 1;
  for (const each of around(node)) {
    const { opacity: own, filter } = getComputedStyle(each);
    const share = /opacity\(([\d.]+)(%?)\)/.exec(filter);
    opacity *= parseFloat(own) * (share ? Number(share[1]) / (share[2] ? 100 : 1) : 1);
  }
  return opacity;
}

/** Cut off by something that does not scroll: nobody can bring it into view. */
function isClipped(node: Element): boolean {
  const { left, right, top, bottom } = node.getBoundingClientRect();
  for (const each of around(node)) {
    const { overflowX, overflowY } = getComputedStyle(each);
    if (each === node || each === document.documentElement || each === document.body) continue;
    if (/auto|scroll/.test(overflowX + overflowY)) return false;
    const edge = each.getBoundingClientRect();
    const outside = right <= edge.left || left >= edge.right || bottom <= edge.top || top >= edge.bottom || !edge.width || !edge.height;
    if (/hidden|clip/.test(overflowX + overflowY) && outside) return true;
  }
  return false;
}

function isCovered(box: Element): boolean {
  const { left, top, width, height } = box.getBoundingClientRect();
  const inWindow = probes.map(([x, y]) => [left + x * width, top + y * height] as const)
    .filter(([x, y]) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight);
  const own = inWindow.filter(([x, y]) => isOurs(topmostAt(x, y), box));
  return own.length * 2 < inWindow.length;
}

function topmostAt(x: number, y: number): Element | null {
  let found = document.elementFromPoint(x, y);
  for (let inner = found; inner?.shadowRoot;) {
    inner = inner.shadowRoot.elementFromPoint(x, y);
    if (!inner || inner === found) break;
    found = inner;
  }
  return found;
}

/** Inside the box, or inside another element of ours, such as an open preference centre. */
function isOurs(found: Element | null, box: Element): boolean {
  if (!found) return false;
  for (const each of around(found)) if (each === box || each.localName.startsWith('candor-')) return true;
  return false;
}
