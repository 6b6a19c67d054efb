// Cuts a module down to its published exports and holds its import and export lists to the golden ones.
// Usage: node wasm/trim.mjs LINKED.wasm OUT.wasm EXPORTS.txt IMPORTS.txt [PASSES OF WASM-OPT]
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { features } from './features.mjs';

const [linked = '', out = '', exportsFile = '', importsFile = '', ...passes] = process.argv.slice(2);
if (!importsFile) throw new Error('expected LINKED.wasm OUT.wasm EXPORTS.txt IMPORTS.txt');

const lines = (/** @type {string} */ file) => readFileSync(file, 'utf8').split('\n').filter(Boolean);

/** Keeps the named exports and what they reach: Emscripten also exports what its own JavaScript would call. */
function keepOnly(/** @type {string[]} */ names) {
  const graph = `${out}.graph.json`;
  const roots = names.map((name) => ({ name, root: true, export: name }));
  writeFileSync(graph, JSON.stringify(roots));
  execFileSync('wasm-metadce', [...features, linked, '--graph-file', graph, '-o', out], { stdio: ['ignore', 'ignore', 'inherit'] });
  rmSync(graph);
  if (passes.length) execFileSync('wasm-opt', [...features, ...passes, '--strip-producers', out, '-o', out]);
}

function compare(/** @type {string} */ what, /** @type {string[]} */ found, /** @type {string} */ file) {
  const expected = lines(file).sort();
  const extra = found.filter((name) => !expected.includes(name));
  const missing = expected.filter((name) => !found.includes(name));
  if (extra.length + missing.length === 0) return true;
  process.stderr.write(`${out}: ${what} differ from ${file}: extra [${extra.join(', ')}], missing [${missing.join(', ')}]\n`);
  return false;
}

keepOnly(lines(exportsFile));
const module = new WebAssembly.Module(readFileSync(out));
const exported = WebAssembly.Module.exports(module).map(({ name }) => name).sort();
const imported = WebAssembly.Module.imports(module).map((entry) => `${entry.module}.${entry.name}`).sort();
const same = [compare('exports', exported, exportsFile), compare('imports', imported, importsFile)];
if (same.includes(false)) {
  rmSync(out);
  process.exit(1);
}
