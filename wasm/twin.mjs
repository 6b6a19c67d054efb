// Makes the twin of a module: the same code as JavaScript, for pages that forbid WebAssembly.
// Usage: node wasm/twin.mjs IN.wasm OUT.js
//
// wasm2js (Binaryen) writes one module-level instance. The twin is a module whose default export makes instances, since an
// instance that has trapped is dropped; each has the same interface as `new WebAssembly.Instance(module).exports`.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { transform } from 'esbuild';
import { minify } from 'terser';
import { features } from './features.mjs';

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

/**
 * Leaves out `| 0` where nothing shows of it. A local holds 32 bits, or a truth value, which compares and adds up as 0 or 1; and a
 * sum that names a byte within the memory is the same without the cast.
 */
function withoutIdleCasts(/** @type {string} */ code) {
  const castLocal = /(?<![\w$]|switch )\((\$\d+(?:_\d+)?) \| 0\)/g;
  return code.replace(castLocal, '$1').replace(/ \| 0\]/g, ']');
}

/** Loads from addresses that nothing is known of by a function each, where wasm2js writes out the bytes. */
function withShortLoads(/** @type {string} */ code) {
  const byte = (/** @type {string} */ base) => `HEAPU8\\[${base}(?: \\+ (\\d+))? \\| 0\\]`;
  const first = byte('(\\$\\d+(?:_\\d+)?)');
  const next = byte('\\1');
  const inOrder = (/** @type {string[]} */ offsets) => offsets.every((offset, index) => Number(offset ?? 0) === Number(offsets[0] ?? 0) + index);
  const short = (/** @type {string} */ name) => (/** @type {string} */ whole, /** @type {string} */ base, /** @type {any[]} */ ...rest) => {
    const offsets = rest.slice(0, -2);
    return inOrder(offsets) ? `${name}(${base} + ${offsets[0] ?? 0})` : whole;
  };
  return code
    .replace(new RegExp(`${first} \\| ${next} << 8 \\| \\(${next} << 16 \\| ${next} << 24\\)`, 'g'), short('load32'))
    .replace(new RegExp(`${first} \\| ${next} << 8`, 'g'), short('load16'));
}

/** Leaves out what wasm2js declares and nothing uses. */
function withoutIdleNames(/** @type {string} */ code) {
  return code.replace(/^ var ([\w$]+) = (?:new \w+\(buffer\)|Math\.\w+|env\.\w+|NaN|Infinity|0);\n/gm, (line, /** @type {string} */ name) =>
    (code.split(new RegExp(`(?<![\\w$])${name.replace(/\$/g, '\\$&')}(?![\\w$])`)).length > 2 ? line : ''));
}

const emitted = `${out}.wasm2js`;
execFileSync('wasm2js', [...features, '-O', input, '-o', emitted], { stdio: ['ignore', 'ignore', 'inherit'] });
const text = readFileSync(emitted, 'utf8');
rmSync(emitted);

const segments = dataAsStrings(between(text, 'function initActiveSegments', 'function asmFunc'));
const body = withoutIdleCasts(withShortLoads(withoutIdleNames(between(text, 'function asmFunc', 'var retasmFunc'))));
// All of it is made anew for each instance, for what wasm2js writes holds the memory in a variable outside of `asmFunc`.
const twin = `
export default function instantiate() {
  let bufferView;
  const load16 = (at) => bufferView[at] | bufferView[at + 1] << 8;
  const load32 = (at) => load16(at) | load16(at + 2) << 16;
  const write = (offset, text) => { for (let i = 0; i < text.length; i++) bufferView[offset + i] = text.charCodeAt(i); };
  ${segments}
  ${body}
  return asmFunc({ abort() { throw new Error('unreachable'); } });
}`;

// Terser rebuilds the loops; what else it does costs more after brotli than it saves, and so do its names.
const { code: rebuilt = '' } = await minify(twin, {
  ecma: 2019, module: true, mangle: false,
  compress: { passes: 3, conditionals: false, evaluate: false, hoist_props: false, inline: false, reduce_funcs: false, reduce_vars: false },
});
const { code } = await transform(rebuilt, { format: 'esm', target: 'es2019', minify: true, charset: 'ascii' });
writeFileSync(out, code);
