// Runs clang-tidy over every C++ file of the asan build (it compiles with clang), and skips what has not changed since it
// passed: the key is the content of the file, of all headers it reaches, and of .clang-tidy.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { note } from './counts.mjs';
import { forEachInParallel, run } from './parallel.mjs';

const database = 'build/asan';
const cache = 'build/tidy';
const includeRoots = ['.', 'core/include'];

/** The file and every header of this repository that it reaches. */
function reach(/** @type {string} */ path, /** @type {Set<string>} */ seen) {
  if (seen.has(path)) return seen;
  seen.add(path);
  for (const [, name = ''] of readFileSync(path, 'utf8').matchAll(/^#include ["<]([^">]+)[">]/gm)) {
    const found = [dirname(path), ...includeRoots].map((root) => resolve(root, name)).find(existsSync);
    if (found) reach(found, seen);
  }
  return seen;
}

/** @param {{ file: string, command: string }} entry */
function key(entry) {
  const hash = createHash('sha256').update(readFileSync('.clang-tidy')).update(entry.command);
  for (const path of [...reach(entry.file, new Set())].sort()) hash.update(path).update(readFileSync(path));
  return `${cache}/${hash.digest('hex')}`;
}

/** @type {{ file: string, command: string }[]} */
const entries = JSON.parse(readFileSync(`${database}/compile_commands.json`, 'utf8'));
const sources = entries.filter(({ file }) => !file.includes('/build/'));
mkdirSync(cache, { recursive: true });

let failed = 0;
await forEachInParallel(sources, async (entry) => {
  const stamp = key(entry);
  if (existsSync(stamp)) return;
  const { status, output } = await run('clang-tidy', ['-p', database, '--quiet', entry.file]);
  if (status === 0) {
    writeFileSync(stamp, '');
  } else {
    failed += 1;
    process.stdout.write(`${relative('.', entry.file)}\n${output}\n`);
  }
});
process.exitCode = note('clang-tidy', sources.length - failed, failed) ? 0 : 1;
