import { adopt, sheetOf } from '../elements/style.js';
import { atNextInput } from './room.js';

/** Makes room at the top of a host whose layout fills it: the notice lies over it, and `selector` is padded by its height. */
export function giveWay(root: ShadowRoot, selector: string, notice: HTMLElement): () => void {
  const sheet = sheetOf(`:host{position:relative}:host>candor-notice{position:absolute;inset:0 0 auto;z-index:1;max-block-size:40%;overflow:auto}${selector}{box-sizing:border-box}`);
  adopt(root, sheet);
  const rule = sheet?.cssRules[2] as CSSStyleRule | undefined;
  const fit = () => rule?.style.setProperty('padding-block-start', `${notice.offsetHeight}px`);
  const observer = new ResizeObserver(() => (notice.isConnected ? fit() : atNextInput(fit)));
  observer.observe(notice);
  fit();  // at once: the observer would move what is already laid out
  return () => {
    observer.disconnect();
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((other) => other !== sheet);
  };
}
