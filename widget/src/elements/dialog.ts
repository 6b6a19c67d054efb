import { wordsIn } from '../words.js';
import { make } from './dom.js';

export const dialogCss = `
dialog{pointer-events:auto;inline-size:calc(100vw - 1rem);max-inline-size:32rem;max-block-size:calc(100vh - 1rem);padding:0;overflow:auto;overflow-wrap:anywhere;color:inherit;
background:var(--candor-card,var(--card));border:1px solid var(--candor-line,var(--line));border-radius:var(--candor-radius,12px)}
dialog::backdrop{background:rgb(0 0 0/.4)}
header{display:flex;justify-content:space-between;gap:1rem;padding:1rem 1.25rem}
h2{font-size:1.0625rem;line-height:1.5rem;font-weight:600;margin:0}
header button{inline-size:2.75rem;block-size:2.75rem;margin:-.625rem;margin-inline-end:-.75rem;padding:0;border:0;background:none;color:inherit;font-size:1.5rem;line-height:1;cursor:pointer;flex:none}
`;

/** What is opened, and where the focus goes when what had it is gone. */
export interface Opening {
  readonly host: HTMLElement;
  readonly root: ShadowRoot;
  readonly title: string;
  readonly part: string;
  readonly lang: string;
  readonly dir: string;
  readonly focusElsewhere?: () => void;
}

/** Opens a modal `<dialog>` at the end of the page: it keeps the focus, and gives it back. It stands in the page only while it is open. */
export function openDialog({ host, root, title, part, lang, dir, focusElsewhere }: Opening, ...children: readonly HTMLElement[]): void {
  const before = focused();
  const shut = make('button', { type: 'button', 'aria-label': wordsIn(lang).close }, '\u00d7');
  const dialog = make('dialog', { 'aria-label': title, part, lang, dir }, make('header', {}, make('h2', {}, title), shut), ...children);
  shut.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => {
    host.remove();
    if (before?.isConnected) before.focus({ preventScroll: true });
    else focusElsewhere?.();
  });
  root.replaceChildren(dialog);
  document.body.append(host);
  dialog.showModal();
}

function focused(): HTMLElement | undefined {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element instanceof HTMLElement && element !== document.body ? element : undefined;
}
