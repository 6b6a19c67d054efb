// Makes the twin of a module: the same code as JavaScript, for pages that forbid WebAssembly.
// Usage: node wasm/twin.mjs IN.wasm OUT.js
//
// wasm2js (Binaryen) writes one module-level instance. The twin is a module whose default export makes instances, since an
// instance that has trapped is dropped; each has the same interface as `new WebAssembly.Instance(module).exports`.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { transform } from 'esbuild';

const [input = '', out = ''] = process.argv.slice(2);
if (!out) throw new Error('expected IN.wasm OUT.js');

/** Everything between two marks of wasm2js's output; throws where a version of it writes another shape. */
function between(/** @type {string} */ text, /** @type {string} */ from, /** @type {string} */ to) {
  const start = text.indexOf(from);
  const end = text.indexOf(to, start);
  if (start < 0 || end < 0) throw new Error(`wasm2js wrote no \`${start < 0 ? from : to}\``);
  return text.slice(start, end);
}

/** Data as string literals in place of base64: a tenth smaller after brotli, and no decoder. */
function dataAsStrings(/** @type {string} */ segments) {
  const call = /base64DecodeToExistingUint8Array\(bufferView, (\d+), "([^"]*)"\)/g;
  return segments.replace(call, (_, /** @type {string} */ offset, /** @type {string} */ base64) =>
    `write(${offset}, ${JSON.stringify(Buffer.from(base64, 'base64').toString('latin1'))})`);
}

const emitted = `${out}.wasm2js`;
execFileSync('wasm2js', ['-O', input, '-o', emitted], { stdio: ['ignore', 'ignore', 'inherit'] });
const text = readFileSync(emitted, 'utf8');
rmSync(emitted);

const segments = dataAsStrings(between(text, 'function initActiveSegments', 'function asmFunc'));
const body = between(text, 'function asmFunc', 'var retasmFunc');
const twin = `
let bufferView;
const write = (offset, text) => { for (let i = 0; i < text.length; i++) bufferView[offset + i] = text.charCodeAt(i); };
${segments}
${body}
export default function instantiate() {
  return asmFunc({ abort() { throw new Error('unreachable'); } });
}`;

const { code } = await transform(twin, { format: 'esm', target: 'es2019', minify: true, charset: 'ascii' });
writeFileSync(out, code);
