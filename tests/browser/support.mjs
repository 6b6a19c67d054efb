// What the browser tests share: one Chromium, and a site of pages made by each test, over what ships in dist/.
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

export { built } from './site.mjs';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const dist = join(root, 'dist');
const screenshots = join(root, 'build/screenshots');
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm', '.json': 'application/json', '.css': 'text/css' };

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
});
const servers = new Set();
after(async () => {
  await browser.close();
  for (const server of servers) server.close();
});

/**
 * Serves `pages` (address -> HTML, or bytes with `type`), and below them `dist/`, deep-chat and `folders` (prefix -> folder).
 * `headers` go with every page; `tamper(path, bytes)` may replace what is served; `handle(path, request, response)` answers what it returns
 * true for, and `listening(server)` is told the server.
 */
export async function site({ pages = {}, folders = {}, headers = {}, tamper = (path, bytes) => bytes, handle = () => false, listening = () => {} }) {
  const all = { '/dist/': dist, '/deep-chat/': join(root, 'node_modules/deep-chat/dist'), ...folders };
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://x').pathname;
    if (handle(path, request, response)) return undefined;
    if (path === '/chat') {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: {"text":"Hello "}\n\n');
      return setTimeout(() => response.end('data: {"text":"there"}\n\n'), 50);
    }
    if (path in pages) return response.writeHead(200, { 'content-type': types['.html'], ...headers }).end(pages[path]);
    const prefix = Object.keys(all).find((start) => path.startsWith(start));
    const file = prefix && join(all[prefix], path.slice(prefix.length));
    if (!file || !statSync(file, { throwIfNoEntry: false })?.isFile()) return response.writeHead(404).end();
    const bytes = tamper(path, readFileSync(file));
    if (bytes === null) return undefined;  // never answers
    return response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream', 'cache-control': 'no-store' }).end(bytes);
  });
  servers.add(server);
  listening(server);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${server.address().port}`;
}

/** A page of its own context. Requests to other hosts fail; what a policy refuses and what goes wrong is kept. */
export async function open(address, options = {}) {
  const context = await browser.newContext({ locale: 'en-GB', ...options });
  const page = await context.newPage();
  const seen = { violations: [], errors: [], requests: [] };
  await page.route((url) => url.hostname !== '127.0.0.1', (route) => route.abort());
  page.on('request', (request) => seen.requests.push(new URL(request.url()).pathname));
  page.on('pageerror', (error) => seen.errors.push(error.message));
  await page.exposeFunction('candorTestEvent', (kind, detail) => seen[kind].push(detail));
  await page.addInitScript(() => {
    globalThis.candorEvents = [];
    addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) =>
      globalThis.candorTestEvent('violations', `${effectiveDirective} ${blockedURI} ${sample}`));
    for (const type of ['decision', 'shown', 'choice', 'action', 'error'])
      addEventListener(`candor:${type}`, ({ detail }) => globalThis.candorEvents.push([type, detail]));
  });
  await page.goto(address);
  return Object.assign(page, { seen, until: (run, argument) => page.waitForFunction(run, argument, { timeout: 10_000 }) });
}

/** The details of the events of one type so far. */
export function events(page, type) {
  return page.evaluate((wanted) => globalThis.candorEvents.filter(([name]) => name === wanted).map(([, detail]) => detail), type);
}

/** The first truthy answer of `run` in the page, within ten seconds. Unlike `waitForFunction` it waits for promises. */
export async function until(page, run, argument) {
  for (const end = Date.now() + 10_000; Date.now() < end; await page.waitForTimeout(50)) {
    const answer = await page.evaluate(run, argument);
    if (answer) return answer;
  }
  throw new Error(`never came true: ${run}`);
}

/**
 * Watches what moves in the page. Answers a function that says what moved since it was last called: what by itself, or with `asked` also what
 * within half a second of an input.
 */
export async function watchShifts(page) {
  const shifts = await page.evaluateHandle(() => {
    const shifts = [];
    // Web Chat's frame around the last message is empty, and follows it when it likes.
    const holdsWords = ({ sources }) => sources.some(({ node }) => !node || node.shadowRoot || node.textContent);
    const boxOf = ({ node, previousRect, currentRect }) => `${node?.localName}.${node?.className} ${JSON.stringify(previousRect)} -> ${JSON.stringify(currentRect)}`;
    const told = ({ hadRecentInput, value, sources }) => ({ hadRecentInput, text: `${value} ${sources.map(boxOf)}` });
    new PerformanceObserver((list) => shifts.push(...list.getEntries().filter(holdsWords).map(told))).observe({ type: 'layout-shift' });
    return shifts;
  });
  return async ({ asked = false } = {}) => {
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)))));
    const since = await shifts.evaluate((all) => all.splice(0));
    return since.filter(({ hadRecentInput }) => asked || !hadRecentInput).map(({ text }) => text);
  };
}

export async function screenshot(page, name) {
  mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: join(screenshots, `${name}.png`) });
}

export const chatDeployment = {
  operator: { name: 'Acme GmbH', contact: 'privacy@acme.example' },
  assistants: { helper: { name: 'Ada' } },
  channels: { chat: { type: 'chat-widget', assistant: 'helper' } },
  places: ['DE'],
  languages: ['de', 'en'],
  vouch: ['answeredBy'],
};

export const deepChatElement = `<deep-chat id="chat" connect='{"url":"/chat","stream":true}' style="width:420px;height:420px" introMessage='{"text":"Hi"}'></deep-chat>
<script type="module" src="/deep-chat/deepChat.bundle.js"></script>`;
