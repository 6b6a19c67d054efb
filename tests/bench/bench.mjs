// How long a decision takes, natively, in WebAssembly and in its twin: one table, of one run on one machine, so that the ratios
// mean something. Run by script/bench, after which build/native/bench is there.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { load } from '../../dist/candor.js';
import { cores, file, module } from '../wasm/core.mjs';

const warmUp = 2000;
const decisions = 20_000;
const coldStarts = 300;
const directory = 'build/bench';

const native = JSON.parse(execFileSync('build/native/bench', [directory], { encoding: 'utf8' }));
const { questions } = JSON.parse(readFileSync('tests/bench/questions.json', 'utf8'));

/** p50 and p99 in microseconds. */
async function percentiles(/** @type {number} */ runs, /** @type {number} */ skip, /** @type {() => unknown} */ run) {
  const times = new Float64Array(runs);
  for (let i = -skip; i < runs; i++) {
    const start = performance.now();
    const result = run();
    if (result instanceof Promise) await result;
    if (i >= 0) times[i] = (performance.now() - start) * 1000;
  }
  times.sort();
  return [times[Math.floor(runs * 0.5)] ?? 0, times[Math.floor(runs * 0.99)] ?? 0];
}

/** The call alone: the lines are there, and the answer stays where it is. */
function bareCall(/** @type {import('../wasm/core.mjs').Exports} */ core, /** @type {Uint8Array} */ bundle, /** @type {string} */ lines) {
  const put = (/** @type {Uint8Array} */ bytes) => {
    const pointer = core.candor_alloc(bytes.length);
    new Uint8Array(core.memory.buffer, pointer, bytes.length).set(bytes);
    return pointer;
  };
  const pack = put(bundle);
  core.candor_call(pack, bundle.length);
  core.candor_free(pack);
  const bytes = Buffer.from(lines);
  const request = put(bytes);
  return () => core.candor_call(request, bytes.length);
}

/** How much longer a call takes beside many rules of another place. Taken in turns, so that both meet the same machine. */
async function crowding(/** @type {Uint8Array | undefined} */ whole, /** @type {Uint8Array | undefined} */ crowded, /** @type {string} */ lines) {
  const calls = [whole, crowded].map((each) => bareCall(kinds.WebAssembly.core(), each ?? new Uint8Array(), lines));
  const times = [0, 0];
  for (let round = 0; round < 5; round++) {
    for (const [index, call] of calls.entries()) {
      const [p50] = await percentiles(2000, 200, call);
      times[index] = round ? Math.min(times[index] ?? 0, p50) : p50;
    }
  }
  return (times[1] ?? 0) / (times[0] ?? 1);
}

async function measure(/** @type {any} */ { name, situation }, /** @type {Uint8Array} */ bundle, /** @type {Record<string, any>} */ kind) {
  const timeout = 60_000;
  const engine = await load(/** @type {any} */ ({ ...kind.warm, bundle, timeout }));
  return {
    decision: await percentiles(decisions, warmUp, () => engine.decide(situation)),
    bare: await percentiles(decisions, warmUp, bareCall(kind.core(), bundle, native[name].lines)),
    cold: await percentiles(coldStarts, 20, async () => (await load(/** @type {any} */ ({ ...kind.cold, bundle, timeout }))).decide(situation)),
  };
}

const wasm = file('candor.wasm');
const twin = cores['candor.nowasm.js'];
const kinds = {
  WebAssembly: { core: cores['candor.wasm'], warm: { wasm: module }, cold: { wasm } },
  twin: { core: twin, warm: { twin }, cold: { twin } },
};
const rows = {
  decision: 'decision, situation in, decision out',
  bare: 'the call alone, lines in, JSON out',
  cold: 'cold start: compile, load, first decision',
};

const number = (/** @type {number} */ value) => (value < 100 ? value.toFixed(1) : value.toFixed(0)).padStart(8);
const cells = (/** @type {number[]} */ [p50 = 0, p99 = 0]) => `${number(p50)}${number(p99)}`;
const ratio = (/** @type {number[]} */ [p50 = 0], /** @type {number[]} */ [base = 1]) => `${(p50 / base).toFixed(1)} x`.padStart(8);

const heading = `${'p50'.padStart(8)}${'p99'.padStart(8)}`;
process.stdout.write(`${'microseconds'.padEnd(44)}${'native'.padStart(16)}${'WebAssembly'.padStart(16)}${''.padStart(8)}${'twin'.padStart(16)}\n`);
process.stdout.write(`${''.padEnd(44)}${heading}${heading}${'ratio'.padStart(8)}${heading}${'ratio'.padStart(8)}\n`);
for (const [index, question] of questions.entries()) {
  const bundle = readFileSync(`${directory}/${index}.bundle`);
  const [inWasm, inTwin] = [await measure(question, bundle, kinds.WebAssembly), await measure(question, bundle, kinds.twin)];
  const [whole, crowded] = ['whole', 'crowded'].map((kind) => readFileSync(`${directory}/${index}.${kind}.bundle`));
  process.stdout.write(`${question.name}, bundle of ${bundle.length} bytes\n`);
  for (const [key, label] of Object.entries(rows)) {
    const [base, one, other] = [native[question.name][key], inWasm[/** @type {keyof typeof inWasm} */ (key)], inTwin[/** @type {keyof typeof inTwin} */ (key)]];
    process.stdout.write(`  ${label.padEnd(42)}${cells(base)}${cells(one)}${ratio(one, base)}${cells(other)}${ratio(other, base)}\n`);
  }
  process.stdout.write(`  ${'evaluation alone, before it is put into words'.padEnd(42)}${cells(native[question.name].evaluation)}\n`);
  process.stdout.write(`  ${'the call beside 1,024 rules of another place'.padEnd(58)}${(await crowding(whole, crowded, native[question.name].lines)).toFixed(2).padStart(8)} x\n`);
}
