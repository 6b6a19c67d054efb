// What the server sends: decided by the same engine, so that the notice stands in the first bytes of the page.
import { readFile } from 'node:fs/promises';
import { createElement as h, StrictMode } from 'react';
import { renderToString } from 'react-dom/server';
import { load } from 'candor';
import { App, deployment } from './app.mjs';

const file = (name) => readFile(new URL(`../../dist/${name}`, import.meta.url));
const engine = await load({ wasm: await file('candor.wasm'), rules: await file('rules.pack'), locales: [await file('locales/en.pack')], deployment });

/** The page, with the script at `client`. */
export function page(client) {
  const notices = engine.decide({ jurisdictions: ['DE'], channel: 'chat', languages: ['en'] }).notices.filter(({ armed }) => !armed);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Acme</title></head>
<body><div id="root">${renderToString(h(StrictMode, null, h(App, { notices })))}</div>
<script type="application/json" id="decided">${JSON.stringify({ notices }).replaceAll('<', '\\u003c')}</script>
<script src="${client}" type="module"></script></body></html>`;
}
