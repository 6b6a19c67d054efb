// Builds the engine, the widget and the script templates. Usage: node widget/build.mjs [DIST]
// The twin is part of one of them: DIST/candor.nowasm.js has to be there.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { minify } from 'terser';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = process.argv[2] ?? `${root}dist`;
const twin = `${dist}/candor.nowasm.js`;
if (!existsSync(twin)) throw new Error(`${twin} is missing: build the core first`);

const locales = readdirSync(`${root}locales`).filter((file) => file.endsWith('.json') && file !== 'glossary.json')
  .map((file) => JSON.parse(readFileSync(`${root}locales/${file}`, 'utf8')));

/** The words of a chat, the last branch of the message; plain text, as the browser has nothing that reads patterns. */
function baselineOf(/** @type {{ tag: string, messages: Record<string, string> }} */ { tag, messages }) {
  const message = messages['ai-interaction.title'] ?? '';
  const text = (/other \{([^{}]*)\}\}$/.exec(message)?.[1] ?? message).replace(/''/g, "'");
  if (!text || /[{}]/.test(text)) throw new Error(`locales/${tag}.json: ai-interaction.title has no plain text for a chat`);
  return text;
}

/** The words of the widget's own controls: the messages `ui.<name>`, by name; every language has the same. */
function wordsOf(/** @type {RegExp} */ wanted) {
  const all = locales.map(({ tag, messages }) => [tag, Object.fromEntries(Object.entries(messages).filter(([key]) => wanted.test(key)).map(([key, text]) => {
    if (/[{}]/.test(text)) throw new Error(`locales/${tag}.json: ${key} is no plain text`);
    return [key.replace(wanted, ''), text];
  }))]);
  const names = all.map(([, words]) => Object.keys(words).sort().join(' '));
  if (new Set(names).size !== 1) throw new Error(`locales/: not every language has the same words of ${wanted}`);
  return JSON.stringify(Object.fromEntries(all));
}

/** @type {import('esbuild').BuildOptions} */
const shared = {
  bundle: true, minify: true, charset: 'ascii', target: 'es2020', sourcemap: true, legalComments: 'none', logLevel: 'warning',
  write: false,
  define: {
    CANDOR_BASELINE: JSON.stringify(Object.fromEntries(locales.map((locale) => [locale.tag, baselineOf(locale)]))),
    CANDOR_WORDS: wordsOf(/^ui\.(?!.+\.)/),
    CANDOR_CHOICES: JSON.stringify(Object.fromEntries(locales.map(({ tag, messages }) => [tag, messages['ui.choices']]))),
    CANDOR_EMBED_WORDS: wordsOf(/^ui\.embed\./),
    CANDOR_CHAT_WORDS: wordsOf(/^ui\.chat\./),
    CANDOR_TALK_WORDS: wordsOf(/^ui\.talk\./),
    CANDOR_HUB_WORDS: wordsOf(/^ui\.hub\./),
    CANDOR_LANGUAGES: JSON.stringify(locales.map(({ tag }) => tag)),
  },
};
const src = `${root}widget/src`;

/** The twin as an expression. It is put in when all else is minified: terser would make it larger. */
const [, twinCode, twinName] = /^(.*)export ?\{(\w+) as default\};?\s*$/s.exec(readFileSync(twin, 'utf8')) ?? [];
if (!twinName) throw new Error(`${twin} does not end in its one export`);
const twinExpression = `(()=>{${twinCode}return ${twinName}})()`;

/** Bundles, then writes each function that is called once into its caller, which esbuild does not: a twentieth less after brotli. */
async function build(/** @type {import('esbuild').BuildOptions} */ options) {
  const { outputFiles = [] } = await esbuild.build(options);
  const textOf = (/** @type {string} */ path) => outputFiles.find((file) => file.path === path)?.text;
  for (const { path, text } of outputFiles.filter(({ path }) => path.endsWith('.js'))) {
    const map = textOf(`${path}.map`);
    const { code = '', map: mapped } = await minify(text, {
      ecma: 2020, module: options.format === 'esm', compress: { passes: 3, unsafe_arrows: true }, format: { ascii_only: true, comments: 'some' },
      ...(map && { sourceMap: { content: map, url: `${basename(path)}.map` } }),
    });
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, code.replace('CANDOR_TWIN', () => twinExpression).replace('CANDOR_DATA', '"@candor-data@"'));
    if (mapped) writeFileSync(`${path}.map`, /** @type {string} */ (mapped));
  }
}

await build({ ...shared, format: 'esm', outdir: dist, entryPoints: [`${src}/candor.ts`, `${src}/widget.ts`] });
// Adapters are files of their own, so that a page loads the one that it has. An adapter is what exports a default.
const hosts = readdirSync(`${src}/hosts`).filter((file) => readFileSync(`${src}/hosts/${file}`, 'utf8').includes('\nexport default '));
const adapters = { ...shared, format: /** @type {const} */ ('esm'), entryPoints: hosts.map((file) => `${src}/hosts/${file}`) };
await build({ ...adapters, outdir: `${dist}/hosts` });
// What `candor build` writes besides its own: the same without source maps, which it does not carry.
await build({ ...adapters, sourcemap: false, outdir: `${dist}/js/hosts` });
// Loaded by the widget where receipts are asked for.
const receipts = { ...shared, format: /** @type {const} */ ('esm'), entryPoints: [`${src}/receipts/receipts.ts`] };
await build({ ...receipts, outfile: `${dist}/receipts.js` });
await build({ ...receipts, sourcemap: false, outfile: `${dist}/js/receipts.js` });
await build({ ...shared, format: 'iife', outfile: `${dist}/candor.iife.js`, entryPoints: [`${src}/loaders/iife.ts`], logOverride: { 'empty-import-meta': 'silent' } });
// Loaded only where a page needs them; `widget/src/parts.ts` names them. The licences of the IAB's libraries ask for their notices.
await build({
  ...shared, format: 'esm', outdir: dist, sourcemap: false, legalComments: 'inline',
  entryPoints: Object.entries({
    chat: 'chat', hub: 'conversation/hub', reminders: 'conversation/reminders', talk: 'conversation/talk', embeds: 'gating/embeds', guard: 'gating/guard',
    signals: 'signals/index', cmp: 'cmp/registered', tcf: 'cmp/tcf', gpp: 'cmp/gpp', marks: 'marks',
  })
    .map(([name, file]) => ({ in: `${src}/${file}.ts`, out: `candor.${name}` })),
});
await build({ ...shared, format: 'iife', sourcemap: false, outfile: `${dist}/candor.head.js`, entryPoints: [`${src}/loaders/head.ts`] });
// `candor build` puts its data in place of `"@candor-data@"`.
await build({
  ...shared, format: 'iife', sourcemap: false, outdir: `${dist}/js`, outExtension: { '.js': '.iife.js' },
  entryPoints: ['one', 'one-consent', 'plan', 'plan-consent', 'split'].map((name) => `${src}/loaders/${name}.ts`),
});
execFileSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, '-p', `${root}widget`, '--outDir', dist], { stdio: 'inherit' });
