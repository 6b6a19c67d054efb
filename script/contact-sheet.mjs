// One image of many: build/screenshots/host-<name>[-<state>].png, a row a host, to docs/hosts.png. Usage: node script/contact-sheet.mjs
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const hosts = ['deep-chat', 'web-chat', 'flowise', 'assistant-ui', 'carbon', 'rocket-chat'];
const vendors = ['zendesk', 'intercom', 'crisp', 'chatwoot', 'hubspot'];
const states = { '': 'notice', '-rtl': 'label, right to left', '-person': 'a person answers', '-dark': 'dark', '-narrow': '320 px', '-zoomed': '200 %' };

const shot = (/** @type {string} */ name) => `<img alt="" src="data:image/png;base64,${readFileSync(`build/screenshots/host-${name}.png`).toString('base64')}">`;
const row = (/** @type {string} */ name, /** @type {string[]} */ cells) => `<tr><th>${name}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
const rows = [
  row('', Object.values(states)),
  ...hosts.map((host) => row(host, Object.keys(states).map((state) => shot(host + state)))),
  row('by documented calls, over stand-ins', vendors),
  row('', vendors.map(shot)),
  row('320 px', vendors.map((vendor) => shot(`${vendor}-narrow`))),
];

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage({ viewport: { width: 1640, height: 100 } });
await page.setContent(`<style>body{margin:8px;font:12px system-ui,sans-serif;background:#d5d9e0}th{inline-size:90px;text-align:start}td{text-align:center}
img{max-inline-size:240px;max-block-size:190px;vertical-align:top}</style><table>${rows.join('')}</table>`);
await page.locator('table').screenshot({ path: 'docs/hosts.png' });
await browser.close();
