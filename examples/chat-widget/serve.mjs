// Serves the examples on 127.0.0.1: the chat, the playground, Candor's files, the rulebook and its pages, deep-chat, and a chat backend that streams
// canned answers.
// Usage: node examples/chat-widget/serve.mjs [PORT]
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = new URL('./', import.meta.url);
const root = new URL('../../', import.meta.url);

/** Folders by what an address begins with; nothing else of the disk can be reached. */
const folders = [
  ['/dist/', new URL('dist/', root)],
  ['/deep-chat/', new URL('node_modules/deep-chat/dist/', root)],
  ['/rules/', new URL('build/rules/', root)],
  ['/playground/', new URL('examples/playground/', root)],
  ['/vocabulary/', new URL('core/rules/', root)],
  ['/', here],
];
const types = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.json': 'application/json',
  '.wasm': 'application/wasm', '.pack': 'application/octet-stream', '.map': 'application/json',
};
/** deep-chat asks for a web font and styles elements by attribute; nothing leaves this machine. */
const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:";
const answers = [
  'Returns are accepted within 30 days, if the item is unworn. Shall I start one for you?',
  'Your order left our warehouse yesterday and should arrive in two working days.',
  'I cannot change a bank account myself. A person has to approve that.',
];

/** The file that an address stands for. Plain names only: no dot files, no `..`, no escapes. */
function fileOf(path) {
  const [prefix, folder] = folders.find(([start]) => path.startsWith(start));
  const name = path.slice(prefix.length) || 'index.html';
  if (!/^([\w-][\w.-]*\/)*[\w-][\w.-]*$/.test(name)) return undefined;
  const file = fileURLToPath(new URL(name, folder));
  return statSync(file, { throwIfNoEntry: false })?.isFile() ? file : undefined;
}

let turn = 0;

/** A few words every few milliseconds, as server-sent events. */
function streamAnswer(request, response) {
  request.resume();
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const words = answers[turn++ % answers.length].split(/(?<= )/);
  const timer = setInterval(() => {
    const word = words.shift();
    if (word !== undefined) return response.write(`data: ${JSON.stringify({ text: word })}\n\n`);
    clearInterval(timer);
    return response.end();
  }, 40);
  response.on('close', () => clearInterval(timer));
}

const server = createServer((request, response) => {
  const path = (request.url ?? '/').split('?')[0];
  if (request.method === 'POST' && path === '/chat') return streamAnswer(request, response);
  const file = request.method === 'GET' ? fileOf(path) : undefined;
  if (!file) return response.writeHead(404, { 'content-type': 'text/plain' }).end('not found\n');
  response.writeHead(200, {
    'content-type': types[extname(file)] ?? 'application/octet-stream', 'cache-control': 'no-store',
    'content-security-policy': policy, 'x-content-type-options': 'nosniff',
  });
  return createReadStream(file).pipe(response);
});
server.listen(Number(process.argv[2] ?? 8080), '127.0.0.1', () => {
  process.stdout.write(`Candor: http://127.0.0.1:${server.address().port}/\n`);
});
