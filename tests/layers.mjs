// The layers of the repository as a function over a tree of files: what may stand where, and what must not.

/**
 * @typedef {Map<string, string>} Tree path in the repository -> text
 * @typedef {{ rule: string, path: string, line: number, found: string }} Violation
 */

/** Headers that hand the runtime memory without allocating, and nothing of the machine. */
const runtimeHeaders = ['algorithm', 'array', 'bit', 'cstddef', 'cstdint', 'cstring', 'initializer_list', 'limits', 'new', 'optional', 'span',
  'string_view', 'type_traits', 'utility'];

const cpp = /\.(cpp|h)$/;
const script = /\.(ts|mjs|js)$/;
const within = (/** @type {string[]} */ ...folders) => (/** @type {string} */ path) => folders.some((folder) => path.startsWith(folder));

/** The text without comments; lines keep their numbers. */
const code = (/** @type {string} */ text) =>
  text.replace(/\/\*[\s\S]*?\*\/|(?<![:'"`\w])\/\/[^\n]*/g, (comment) => comment.replace(/[^\n]/g, ' '));
/** The code without what stands in quotes. */
const names = (/** @type {string} */ text) => code(text).replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''");

/** A legal citation, whatever the language of the law. */
const citation = /\bArt(icle|\.)\s*\d|§|\bU\.S\.C\b|\bRegulation \(EU\)|\bDirective \d|\b(Civil|Penal|Business and Professions) Code\b|\bAct \d/;
const dateArithmetic = /\.set(UTC)?(Date|Month|FullYear|Hours|Minutes)\(|\bDate\.(UTC|parse)\(|\b864(00(_?000)?|e[35])\b|\b86_400|\b(24|60) ?\* ?60\b/;

/**
 * Each rule: the files it holds for, how they are read, and what must not be found.
 * @type {{ rule: string, holds: (path: string) => boolean, read: (text: string) => string, forbidden: RegExp }[]}
 */
const patterns = [
  {
    rule: 'emscripten only under wasm/',
    holds: within('core/', 'widget/', 'locales/', 'examples/'),
    read: (text) => text,
    forbidden: /emscripten|\bEM_ASM|\bembind\b/i,
  },
  {
    rule: 'no page in the engine',
    holds: (path) => path.startsWith('widget/src/engine') && script.test(path),
    read: names,
    forbidden: /\b(document|window)\b/,
  },
  {
    rule: 'no legal text in widget/',
    holds: (path) => path.startsWith('widget/') && script.test(path),
    read: code,
    forbidden: citation,
  },
  {
    // The engine gives the visitor's local day, which the core cannot know: clock.ts, and nothing else, computes with days.
    rule: 'no date arithmetic in widget/',
    holds: (path) => path.startsWith('widget/') && script.test(path) && path !== 'widget/src/engine/clock.ts',
    read: code,
    forbidden: dateArithmetic,
  },
  {
    rule: 'the runtime includes nothing above it',
    holds: (path) => path.startsWith('core/runtime/') && cpp.test(path),
    read: code,
    forbidden: /^#include "(?!core\/runtime\/).*"|^#include <(nlohmann|unicode)\/.*>/m,
  },
  {
    rule: 'the runtime sees no machine and allocates nothing',
    holds: (path) => path.startsWith('core/runtime/') && cpp.test(path),
    read: code,
    forbidden: new RegExp(`^#include <(?!(${runtimeHeaders.join('|')}|(nlohmann|unicode)/.*)>).*>`, 'm'),
  },
  {
    rule: 'no throw, clock, environment or I/O in the runtime',
    holds: (path) => path.startsWith('core/runtime/') && cpp.test(path),
    read: names,
    forbidden: /\b(throw|getenv|setlocale|clock_gettime|gettimeofday|localtime|gmtime|strftime|fopen|fread|fwrite|f?printf|fputs|puts|putchar)\b|\bstd::(chrono|time|clock|cout|cerr|cin|locale|thread|mutex)\b/,
  },
  {
    rule: 'no allocating container in the runtime',
    holds: (path) => path.startsWith('core/runtime/') && cpp.test(path),
    read: names,
    forbidden: /\bstd::(w?string|vector|deque|list|forward_list|(unordered_)?(multi)?(map|set)|function|any|unique_ptr|shared_ptr|make_unique|make_shared|stringstream|ostringstream)\b|\b(malloc|calloc|realloc)\b|\bnew\b(?! \(|>)/,
  },
  {
    rule: 'only json.cpp sees nlohmann/json',
    holds: (path) => path.startsWith('core/') && path !== 'core/compiler/json.cpp',
    read: code,
    forbidden: /\bnlohmann\b/,
  },
  {
    rule: 'only icu.cpp and icu_bake.cpp see ICU',
    holds: (path) => path.startsWith('core/') && !/^core\/compiler\/icu(_bake)?\.cpp$/.test(path),
    read: code,
    forbidden: /#include <unicode\/|\bicu::/,
  },
  {
    rule: 'the compiler includes nothing above it',
    holds: (path) => path.startsWith('core/compiler/') && cpp.test(path),
    read: code,
    forbidden: /^#include "(?!core\/(compiler|runtime)\/).*"/m,
  },
];

/** The ids of all rules in core/rules. @param {Tree} tree */
function ruleIds(tree) {
  const ids = [];
  for (const [path, text] of tree) {
    if (path.startsWith('core/rules/') && path.endsWith('.json')) ids.push(...(JSON.parse(text).rules ?? []).map((/** @type {{ id: string }} */ { id }) => id));
  }
  return ids;
}

/** Every text of the law and of the languages that is long enough to be recognised. @param {Tree} tree */
function sentences(tree) {
  const texts = [];
  for (const [path, text] of tree) {
    if (!path.endsWith('.json')) continue;
    if (path.startsWith('core/rules/')) texts.push(...(JSON.parse(text).verbatim ?? []).map((/** @type {{ text: string }} */ entry) => entry.text));
    if (path.startsWith('locales/')) texts.push(...Object.values(JSON.parse(text).messages ?? {}));
  }
  return texts.filter((text) => typeof text === 'string' && text.length >= 20 && !text.includes('{'));
}

const lineOf = (/** @type {string} */ text, /** @type {number} */ index) => text.slice(0, index).split('\n').length;

/**
 * Everything in the tree that stands where it must not.
 * @param {Tree} tree @returns {Violation[]}
 */
export function violations(tree) {
  const found = [];
  for (const { rule, holds, read, forbidden } of patterns) {
    for (const [path, text] of tree) {
      const match = holds(path) ? forbidden.exec(read(text)) : null;
      if (match) found.push({ rule, path, line: lineOf(text, match.index), found: match[0] });
    }
  }
  const lists = [
    { rule: 'no rule id in widget/', words: ruleIds(tree) },
    { rule: 'no legal text in widget/', words: sentences(tree) },
  ];
  for (const { rule, words } of lists) {
    for (const [path, text] of tree) {
      if (!path.startsWith('widget/') || !script.test(path)) continue;
      const word = words.find((each) => text.includes(each));
      if (word !== undefined) found.push({ rule, path, line: lineOf(text, text.indexOf(word)), found: word });
    }
  }
  if (tree.get('wasm/imports.txt')?.trim()) {
    found.push({ rule: 'candor.wasm imports nothing', path: 'wasm/imports.txt', line: 1, found: tree.get('wasm/imports.txt')?.trim() ?? '' });
  }
  return found;
}

/** What a module imports, as `module.name`. @param {Uint8Array<ArrayBuffer>} bytes */
export function importsOf(bytes) {
  return WebAssembly.Module.imports(new WebAssembly.Module(bytes)).map(({ module, name }) => `${module}.${name}`);
}
