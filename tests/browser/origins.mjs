// Two origins on the loopback for tests of what a page loads: the shop, and a third party that counts what it is asked for.
import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm', '.json': 'application/json', '.css': 'text/css', '.gif': 'image/gif' };
const servers = [];
after(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

async function listen(handler) {
  const server = createServer(handler);
  servers.push(server);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${server.address().port}`;
}

/** Serves `pages` (path -> text, or a function of the URL that makes it, at once or later, with `headers`), and `folders` (prefix -> folder). */
export function shop({ pages, folders = { '/dist/': join(root, 'dist') }, headers = {} }) {
  return listen(async (request, response) => {
    const url = new URL(request.url, 'http://x');
    const page = pages[url.pathname];
    if (page !== undefined) {
      const text = typeof page === 'function' ? await page(url) : page;
      return response.writeHead(200, { 'content-type': types[extname(url.pathname)] ?? types['.html'], 'cache-control': 'no-store', ...headers }).end(text);
    }
    const prefix = Object.keys(folders).find((start) => url.pathname.startsWith(start));
    const file = prefix && join(folders[prefix], url.pathname.slice(prefix.length));
    if (!file || !statSync(file, { throwIfNoEntry: false })?.isFile()) return response.writeHead(404).end();
    return response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream', 'cache-control': 'no-store' }).end(readFileSync(file));
  });
}

const gif = Buffer.from('R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==', 'base64');
const bodies = {
  '.js': (name) => `globalThis.order = [...(globalThis.order ?? []), ${JSON.stringify(name)}];`,
  '.mjs': (name) => `globalThis.order = [...(globalThis.order ?? []), ${JSON.stringify(name)}]; export default 1;`,
  '.gif': () => gif, '.css': () => 'body{}', '.html': (name) => `<!doctype html><title>${name}</title>${name}`, '.json': () => '{}',
};

/** A third party: whatever it is asked for it gives, slowly where the address says `?slow`, and remembers. */
export async function thirdParty() {
  /** @type {string[]} */
  const requests = [];
  const base = await listen((request, response) => {
    const url = new URL(request.url, 'http://x');
    requests.push(url.pathname.slice(1));
    const type = extname(url.pathname);
    const answer = () => response.writeHead(200, { 'content-type': types[type] ?? 'text/plain', 'access-control-allow-origin': '*', 'cache-control': 'no-store' })
      .end((bodies[type] ?? (() => 'ok'))(url.pathname.slice(1)));
    if (url.search === '?slow') setTimeout(answer, 300);
    else answer();
  });
  return {
    base,
    /** What it was asked for since the last time, sorted. */
    asked: () => requests.splice(0).sort(),
    /** The same, left as it is. */
    get requests() {
      return [...requests].sort();
    },
  };
}
