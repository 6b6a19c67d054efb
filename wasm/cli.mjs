#!/usr/bin/env node
// `npx candor`: the commands of compiler.wasm over the files and the calendar of this machine. The same functions as the
// native `candor`, so the same bytes and exit status.
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, posix } from 'node:path';

const decoder = new TextDecoder();

/** Files below a directory, at any depth, sorted by their bytes. @returns {string[]} */
function list(/** @type {string} */ directory) {
  /** @type {string[]} */
  const found = [];
  const visit = (/** @type {string} */ folder) => {
    for (const name of readdirSync(folder)) {
      const path = posix.join(folder, name);
      const stats = statSync(path, { throwIfNoEntry: false });
      if (stats?.isDirectory()) visit(path);
      else if (stats?.isFile()) found.push(path);
    }
  };
  try {
    visit(directory);
  } catch {
    // No such directory, or one that cannot be read: what was found so far, as the native host does.
  }
  return found.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

/** The local day, or that of SOURCE_DATE_EPOCH (reproducible-builds.org), so that a build can be repeated on another day. */
function today() {
  const { SOURCE_DATE_EPOCH: fixed } = process.env;
  if (fixed) return new Date(Number(fixed) * 1000).toISOString().slice(0, 10);
  const now = new Date();
  const two = (/** @type {number} */ value) => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** Makes an instance of compiler.wasm; it serves one command. */
function instantiate() {
  const text = (/** @type {number} */ pointer, /** @type {number} */ size) =>
    decoder.decode(new Uint8Array(exports.memory.buffer, pointer, size));
  const hand = (/** @type {Uint8Array} */ bytes) => {
    const pointer = exports.command_alloc(bytes.length);
    new Uint8Array(exports.memory.buffer, pointer, bytes.length).set(bytes);
    return 1;
  };
  const host = {
    read(/** @type {number} */ pointer, /** @type {number} */ size) {
      const path = text(pointer, size);
      try {
        return statSync(path).isFile() ? hand(readFileSync(path)) : 0;
      } catch {
        return 0;
      }
    },
    list(/** @type {number} */ pointer, /** @type {number} */ size) {
      return hand(Buffer.from(list(text(pointer, size)).join('\0')));
    },
    today: () => hand(Buffer.from(today())),
  };
  const module = new WebAssembly.Module(readFileSync(new URL('../dist/compiler.wasm', import.meta.url)));
  // Untyped: wasm/compiler_exports.cpp says what they take.
  const exports = /** @type {any} */ (new WebAssembly.Instance(module, { candor_host: host }).exports);
  exports._initialize();

  const part = (/** @type {number} */ index) =>
    Buffer.from(new Uint8Array(exports.memory.buffer, exports.command_part(index), exports.command_part_size(index)));
  return {
    /** @param {string[]} words @param {Uint8Array} input */
    run(words, input) {
      for (const word of words) {
        hand(Buffer.from(word));
        exports.command_argument();
      }
      hand(input);
      exports.command_input();
      const status = exports.command_run();
      const parts = Array.from({ length: exports.command_parts() }, (_, index) => part(index));
      return { status, parts };
    },
  };
}

function write(/** @type {string} */ path, /** @type {Uint8Array} */ bytes) {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
    return true;
  } catch {
    return false;
  }
}

const words = process.argv.slice(2);
const marks = words[0] === 'mark' && !words.includes('--header');
const input = marks || words.includes('-') ? readFileSync(0) : new Uint8Array();
const { status, parts: [out = Buffer.alloc(0), err = Buffer.alloc(0), ...files] } = instantiate().run(words, input);

let failed = false;
let complaints = decoder.decode(err);
for (let i = 0; i < files.length; i += 2) {
  const path = decoder.decode(files[i]);
  if (write(path, files[i + 1] ?? Buffer.alloc(0))) continue;
  complaints += `candor: ${path}: the file cannot be written\n`;
  failed = true;
}
process.stdout.write(out);
process.stderr.write(complaints);
process.exitCode = failed ? 1 : status;
