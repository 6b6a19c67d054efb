/** Calls `seen` once, when at least half of `node` can be seen: not while the page is prerendered or in a hidden tab. */
export function whenSeen(node: Element, seen: () => void): () => void {
  const observer = new IntersectionObserver((entries) => {
    const page = document as Document & { prerendering?: boolean };
    if (page.prerendering || document.hidden || !entries.some(({ intersectionRatio }) => intersectionRatio >= 0.5)) return;
    if (node.checkVisibility?.({ opacityProperty: true, visibilityProperty: true }) === false) return;
    stop();
    seen();
  }, { threshold: [0.5, 1] });
  const again = () => {
    observer.unobserve(node);
    observer.observe(node);
  };
  const listen = (how: 'addEventListener' | 'removeEventListener') => {
    for (const type of ['visibilitychange', 'prerenderingchange']) document[how](type, again);
  };
  const stop = () => {
    observer.disconnect();
    listen('removeEventListener');
  };
  listen('addEventListener');
  observer.observe(node);
  return stop;
}
