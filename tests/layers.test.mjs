// The direction of the layers, on this repository, and on copies of it with one line planted that breaks each rule.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { importsOf, violations } from './layers.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const folders = ['core', 'widget', 'wasm', 'locales', 'examples'];
const text = /\.(cpp|h|ts|mjs|js|json|html|css|txt|cmake)$/;

/** @returns {import('./layers.mjs').Tree} */
function readTree() {
  const tree = new Map();
  for (const folder of folders) {
    for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name).slice(root.length);
      if (entry.isFile() && text.test(path)) tree.set(path, readFileSync(join(root, path), 'utf8'));
    }
  }
  return tree;
}

const tree = readTree();
const aRule = JSON.parse(tree.get('core/rules/unknown.json')).rules[0].id;
const aSentence = JSON.parse(tree.get('locales/en.json')).messages['ai-limits.body'];

/** [rule, file, line]: the line at the end of the file breaks the rule. */
const plants = [
  ['emscripten only under wasm/', 'core/runtime/decide.cpp', '// built with Emscripten'],
  ['emscripten only under wasm/', 'widget/src/engine/core.ts', 'const runtime = "emscripten";'],
  ['no page in the engine', 'widget/src/engine/core.ts', 'export const page = document.title;'],
  ['no page in the engine', 'widget/src/engine/load.ts', 'if (typeof window !== "undefined") load();'],
  ['no rule id in widget/', 'widget/src/mount.ts', `const first = "${aRule}";`],
  ['no legal text in widget/', 'widget/src/mount.ts', `const words = "${aSentence}";`],
  ['no legal text in widget/', 'widget/src/mount.ts', 'const why = "Article 50(1)";'],
  ['no date arithmetic in widget/', 'widget/src/mount.ts', 'day.setDate(day.getDate() + 180);'],
  ['no date arithmetic in widget/', 'widget/src/store.ts', 'const until = at + 180 * 86_400_000;'],
  ['the runtime includes nothing above it', 'core/runtime/decide.cpp', '#include "core/compiler/model.h"'],
  ['the runtime includes nothing above it', 'core/runtime/decide.h', '#include "core/tools/host.h"'],
  ['the runtime sees no machine and allocates nothing', 'core/runtime/date.cpp', '#include <ctime>'],
  ['the runtime sees no machine and allocates nothing', 'core/runtime/date.cpp', '#include <string>'],
  ['no throw, clock, environment or I/O in the runtime', 'core/runtime/decide.cpp', 'void f() { throw 1; }'],
  ['no throw, clock, environment or I/O in the runtime', 'core/runtime/date.cpp', 'auto now = std::chrono::system_clock::now();'],
  ['no throw, clock, environment or I/O in the runtime', 'core/runtime/date.cpp', 'auto zone = getenv("TZ");'],
  ['no throw, clock, environment or I/O in the runtime', 'core/runtime/decide.cpp', 'void f() { printf("x"); }'],
  ['no allocating container in the runtime', 'core/runtime/decide.cpp', 'std::string text;'],
  ['no allocating container in the runtime', 'core/runtime/join.h', 'std::vector<int> numbers;'],
  ['no allocating container in the runtime', 'core/runtime/join.cpp', 'std::unordered_map<int, int> index;'],
  ['no allocating container in the runtime', 'core/runtime/join.cpp', 'auto* number = new int;'],
  ['only json.cpp sees nlohmann/json', 'core/compiler/reader.cpp', '#include <nlohmann/json.hpp>'],
  ['only icu.cpp and icu_bake.cpp see ICU', 'core/compiler/locale.cpp', '#include <unicode/unistr.h>'],
  ['the compiler includes nothing above it', 'core/compiler/reader.cpp', '#include "core/tools/host.h"'],
  ['candor.wasm imports nothing', 'wasm/imports.txt', 'wasi_snapshot_preview1.proc_exit'],
];

/** `(module (import "env" "now" (func)))` */
const importing = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 2, 11, 1, 3, 0x65, 0x6e, 0x76, 3, 0x6e, 0x6f, 0x77, 0, 0);

describe('layers', () => {
  it('hold in this repository', () => {
    assert.ok(tree.size > 50, `only ${tree.size} files were read`);
    assert.deepEqual(violations(tree), []);
  });

  for (const [rule, path, line] of plants) {
    it(`${rule}: ${path} must not have ${line}`, () => {
      assert.ok(tree.has(path), `${path} is not in the repository`);
      const planted = new Map(tree).set(path, `${tree.get(path)}\n${line}\n`);
      const found = violations(planted).filter((violation) => violation.path === path);
      assert.deepEqual(found.map((violation) => violation.rule), [rule]);
    });
  }

  it('a comment and a string are no code', () => {
    const quiet = '// throw, std::string and getenv are not used here\nconstexpr auto text = "throw";\n';
    const planted = new Map(tree).set('core/runtime/decide.cpp', `${tree.get('core/runtime/decide.cpp')}\n${quiet}`);
    assert.deepEqual(violations(planted), []);
  });

  it('candor.wasm imports nothing, and a module that does is seen', () => {
    assert.deepEqual(importsOf(readFileSync(join(root, 'dist/candor.wasm'))), []);
    assert.deepEqual(importsOf(importing), ['env.now']);
  });
});
