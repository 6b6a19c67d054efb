import { adopt, sheetOf } from '../elements/style.js';

/** Makes room at the top of a host whose layout fills it: the notice lies over it, and `selector` is padded by its height. */
export function giveWay(root: ShadowRoot, selector: string, notice: Element): () => void {
  const sheet = sheetOf(`:host>candor-notice{position:absolute;inset:0 0 auto;z-index:1;max-block-size:60%;overflow:auto}${selector}{box-sizing:border-box}`);
  adopt(root, sheet);
  const rule = sheet?.cssRules[1] as CSSStyleRule | undefined;
  const observer = new ResizeObserver(([entry]) => {
    rule?.style.setProperty('padding-block-start', `${entry?.borderBoxSize[0]?.blockSize ?? 0}px`);
  });
  observer.observe(notice);
  return () => {
    observer.disconnect();
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((other) => other !== sheet);
  };
}
