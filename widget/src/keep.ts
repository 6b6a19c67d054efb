const limit = 5;
const period = 10_000;

/** A node that has to stand somewhere. `put` places it; false: its place is not there yet. */
export interface Kept {
  readonly node: Element;
  readonly put: () => boolean;
}

/**
 * Keeps nodes in the page: puts them back when a host draws itself anew, at most five times in ten seconds each, then gives up
 * and says so.
 */
export function keeper(roots: () => readonly (Node | null | undefined)[], suppressed: (node: Element) => void, returned: (node: Element) => void) {
  let kept: readonly Kept[] = [];
  const returns = new Map<Element, number[]>();
  const observer = new MutationObserver(() => check());

  const check = () => {
    // The document, not `<html>`, which document.write replaces.
    for (const root of [document, ...roots()]) if (root) observer.observe(root, { childList: true, characterData: true, subtree: true });
    for (const { node, put } of kept) {
      if (node.isConnected) continue;
      const recent = (returns.get(node) ?? []).filter((time) => time > Date.now() - period);
      if (recent.length > limit) continue;
      if (!put()) continue;
      if (returns.has(node)) returned(node);
      returns.set(node, [...recent, Date.now()]);
      if (recent.length === limit) suppressed(node);
    }
  };
  return {
    check,
    /** Replaces what is kept; nodes that are kept no longer go. */
    keep(nodes: readonly Kept[]) {
      for (const { node } of kept) if (!nodes.some((other) => other.node === node)) node.remove();
      kept = nodes;
      check();
    },
    stop() {
      this.keep([]);
      observer.disconnect();
    },
  };
}
