// `candor.wasm` and its twin as the engine sees them: bytes in, bytes out. And the files that ship.
import { readdirSync, readFileSync } from 'node:fs';

const dist = new URL('../../dist/', import.meta.url);
export const file = (/** @type {string} */ name) => readFileSync(new URL(name, dist));
export const languages = readdirSync(new URL('locales/', dist)).filter((name) => name.endsWith('.pack')).map((name) => name.slice(0, -5));

export const module = new WebAssembly.Module(file('candor.wasm'));
const { default: twin } = await import(new URL('candor.nowasm.js', dist).href);

/** @typedef {{ memory: { buffer: ArrayBuffer }, candor_abi(): number, candor_alloc(size: number): number, candor_free(at: number): void,
 *  candor_call(at: number, size: number): number, candor_answer(): number }} Exports */

/** @type {Record<string, () => Exports>} makes a fresh core of either kind */
export const cores = {
  'candor.wasm': () => /** @type {any} */ (new WebAssembly.Instance(module).exports),
  'candor.nowasm.js': twin,
};

/** One call. @returns {Buffer} a copy of the answer */
export function call(/** @type {Exports} */ core, /** @type {Uint8Array | string} */ input) {
  const bytes = typeof input === 'string' ? Buffer.from(input) : input;
  const pointer = core.candor_alloc(bytes.length);
  if (!pointer) throw new Error(`no room for ${bytes.length} bytes`);
  new Uint8Array(core.memory.buffer, pointer, bytes.length).set(bytes);
  const size = core.candor_call(pointer, bytes.length);
  core.candor_free(pointer);
  return Buffer.from(new Uint8Array(core.memory.buffer, core.candor_answer(), size));
}

export const ask = (/** @type {Exports} */ core, /** @type {Uint8Array | string} */ input) => JSON.parse(call(core, input).toString());

/** `success`, or the codes and paths of the errors. */
export function outcome(/** @type {Exports} */ core, /** @type {Uint8Array | string} */ input) {
  const { type, errors = [] } = ask(core, input);
  return type === 'success' ? type : errors.map((/** @type {any} */ { code, path }) => `${code} ${path}`).join(', ');
}

/** A core with packs loaded, each of which must be taken. */
export function loaded(/** @type {Exports} */ core, /** @type {Uint8Array[]} */ packs) {
  for (const pack of packs) {
    const { type, errors } = ask(core, pack);
    if (type !== 'success') throw new Error(errors[0].message);
  }
  return core;
}

/** `rules.pack` and every language, English first. */
export const packs = ['rules.pack', ...[...languages].sort((a, b) => Number(b === 'en') - Number(a === 'en')).map((tag) => `locales/${tag}.pack`)].map(file);

// --- damage ----------------------------------------------------------------------------------------------------------

/** Numbers below `limit`, the same ones for the same seed (mulberry32). */
export function randomFrom(/** @type {number} */ seed) {
  return (/** @type {number} */ limit) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % limit;
  };
}

const table = Uint32Array.from({ length: 256 }, (_, value) => {
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

export const headerSize = 16;

/** The pack with the length and the CRC-32 (ISO 3309) that fit its bytes, so that what is wrong is looked at. */
export function resealed(/** @type {Uint8Array} */ pack) {
  const bytes = Buffer.from(pack);
  let crc = ~0;
  for (const byte of bytes.subarray(headerSize)) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 255] ?? 0);
  bytes.writeUInt32LE(bytes.length, 8);
  bytes.writeUInt32LE(~crc >>> 0, 12);
  return bytes;
}
