// CMake lists every source by name: a file that is not listed would be neither built nor tested.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const lists = ['CMakeLists.txt', 'wasm/module.cmake'].map((file) => readFileSync(join(root, file), 'utf8')).join('\n');

/** How the lists name a file: by its path, or as the argument of the function for its folder. */
function isListed(path) {
  const name = path.replace(/^.*\/|\.cpp$/g, '');
  const call = /^tests\/(unit|fuzz)\//.exec(path)?.[1];
  const byName = call && new RegExp(`candor_${call === 'unit' ? 'unit_test' : 'fuzz_target'}\\(${name}[ )]`).test(lists);
  return byName || lists.includes(path);
}

it('every C++ source is listed', () => {
  const sources = ['core', 'wasm', 'tests'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true }).filter((name) => name.endsWith('.cpp')).map((name) => `${folder}/${name}`));
  assert.ok(sources.length > 40, `only ${sources.length} sources were found`);
  assert.deepEqual(sources.filter((path) => !isListed(path)), []);
});

it('no list is a pattern', () => {
  assert.doesNotMatch(lists, /\bGLOB(_RECURSE)?\b/);
});
