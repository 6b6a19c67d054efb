import { adopt, sheetOf } from '../elements/style.js';

/** Makes room for notices in a host's root; what comes back takes the style away again. */
export function dress(root: Element | ShadowRoot, css: string): () => void {
  const scope = root instanceof ShadowRoot ? root : root.ownerDocument;
  const sheet = sheetOf(css);
  adopt(scope, sheet);
  return () => {
    scope.adoptedStyleSheets = scope.adoptedStyleSheets.filter((other) => other !== sheet);
  };
}
