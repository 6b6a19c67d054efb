/**
 * The look, as tokens that a host can set: `--candor-ink`, `-soft`, `-line`, `-tint`, `-card`, `-accent`, `-radius`, `-font`. Light or dark
 * follows the host's `color-scheme`.
 */
const base = `
:host{all:initial;color-scheme:inherit;visibility:inherit;pointer-events:inherit;display:block;
--ink:#16181d;--soft:#565d6b;--line:#dfe3ea;--tint:#eef3ff;--card:#fff;--accent:#1f4fd8;
font:400 .875rem/1.45 var(--candor-font,system-ui,-apple-system,"Segoe UI",Roboto,sans-serif)!important;color:var(--candor-ink,var(--ink))!important}
@supports(color:light-dark(#000,#fff)){:host{--ink:light-dark(#16181d,#eceff4);--soft:light-dark(#565d6b,#a5adbd);--line:light-dark(#dfe3ea,#343b49);
--tint:light-dark(#eef3ff,#1d2740);--card:light-dark(#fff,#1a1f28);--accent:light-dark(#1f4fd8,#8fb0ff)}}
*{box-sizing:border-box}
a,button{font:inherit;color:var(--candor-accent,var(--accent));text-underline-offset:.2em}
:focus-visible{outline:2px solid;outline-offset:2px}
`;

/** A style sheet of our own; undefined where the browser has no constructable ones (before 2023): then the words stand unstyled. */
export function sheetOf(css: string): CSSStyleSheet | undefined {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    return sheet;
  } catch {
    return undefined;
  }
}

/** A custom element with an open shadow root and our style; defined when first needed, so that importing needs no page. */
export function elementOf(name: string, css: string): { host: HTMLElement; root: ShadowRoot } {
  if (!customElements.get(name)) customElements.define(name, class extends HTMLElement {});
  const host = document.createElement(name);
  const root = host.attachShadow({ mode: 'open' });
  adopt(root, sheetOf(base + css));
  return { host, root };
}

export function adopt(root: ShadowRoot | Document, sheet: CSSStyleSheet | undefined): void {
  if (sheet && !root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
