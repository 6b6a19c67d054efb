// What every chat host has to hold, in every engine: a page of a host offers `globalThis.host`, and the same cases run on each.
import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { build } from 'esbuild';
import { engines } from './engines.mjs';
import { chatDeployment, open, root, site } from './support.mjs';

/** A page around a host, right to left with `?lang=ar`. `body` puts `globalThis.host` there: see `holds`. */
export const page = (body, head = '') => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Chat</title>
<meta name="viewport" content="width=device-width"><script src="/look.js"></script>
<script>if (location.search === '?lang=ar') Object.assign(document.documentElement, { lang: 'ar', dir: 'rtl' });</script>
<style>:root{color-scheme:light dark}body>*{max-width:100%}</style>${head}</head><body>${body}</body></html>`;

const look = `${root}tests/browser/hosts/look.js`;

/** A site of such pages: see `site`. */
export const hostSite = ({ folders, ...given }) => site({ ...given, folders: { ...folders, '/look.js': look } });

/** The start of a module script: an engine for the `?place` of the address, else for an unknown one, where a notice and a label are due, and `mount`. */
export const engine = `import { load, mount } from '/dist/widget.js';
const engine = await load({ wasm: '/dist/candor.wasm', twin: '/dist/candor.nowasm.js', rules: '/dist/rules.pack', timeout: 10000,
  locales: ['/dist/locales/en.pack', '/dist/locales/ar.pack'], deployment: ${JSON.stringify({ ...chatDeployment, links: { privacy: { url: '/privacy' } } })} });
const options = { engine, channel: 'chat', situation: { at: '2026-11-20', jurisdictions: new URLSearchParams(location.search).getAll('place') } };`;

/** Bundles a page script that imports a host's package, and answers the folder it is in. */
export async function bundled(file) {
  const folder = mkdtempSync(join(tmpdir(), 'candor-host-'));
  await build({
    entryPoints: [join(root, 'tests/browser/hosts', file)], outdir: folder, bundle: true, format: 'iife', jsx: 'automatic', logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  return folder;
}

/** The AI notice, for tests in Chromium alone. */
export const notice = (chat) => chat.locator('candor-notice [role=note]').filter({ hasText: 'AI system' });

/** One notice, which can be seen. */
export async function stands(chat, when) {
  await chat.until(() => globalThis.look.notices().some(globalThis.look.isSeen)).catch(() => assert.fail(`${when}: it can be seen`));
  assert.equal(await chat.evaluate(() => globalThis.look.notices().length), 1, `${when}: one notice`);
}

export const isGone = (chat) => chat.until(() => globalThis.look.notices().length === 0);
export const hostOf = (chat, method, ...given) => chat.evaluate(([name, values]) => globalThis.host[name](...values), [method, given]);
const codes = (chat) => chat.evaluate(() => globalThis.candorEvents.filter(([type]) => type === 'error').map(([, { code, message }]) => `${code} ${message}`));
const chromium = { name: 'Chromium', open };

/**
 * The cases, one after another on a page. A page's `host` has: `answer(text, by)`, which streams a message by the assistant, or by a person, and resolves
 * at its end; `redraw()`, once; `leave()` and `enter()`, a route change. `everywhere`: in Firefox and WebKit too; then all of it runs in the
 * page. `messages`: the selector of what carries a label, where there is one; `unlabelled`: what is reported where there is none. `tells`:
 * its data say who speaks. `stays`: the chat outlives a route. `quirk`: an error of the host's own.
 */
export function holds(name, address, given) {
  for (const engine of given.everywhere ? [chromium, ...engines.filter((each) => each.name !== 'Chromium')] : [chromium]) {
    describe(`the notice in ${name}, ${engine.name}`, { skip: engine.missing }, () => holdsIn(engine, name, address, given));
  }
}

function holdsIn(engine, name, address, {
  messages, unlabelled = [], tells = !!messages, stays, quirk, settle = async () => {},
  redraw = (chat) => hostOf(chat, 'redraw'), answer = (chat, ...given) => hostOf(chat, 'answer', ...given),
}) {
  let chat;
  before(async () => {
    chat = await engine.open(`${await address}/`);
    await chat.until(() => !!globalThis.host);
    await settle(chat);
  });
  after(() => chat?.close());
  const label = (text) => chat.evaluate(([selector, words]) => getComputedStyle(globalThis.look.message(selector, words), '::before').content, [messages, text]);
  const mark = (text) => chat.evaluate(([selector, words]) => globalThis.look.message(selector, words).getAttribute('data-ai-disclosure') ?? '', [messages, text]);

  it('stands before the first message, above it', async () => {
    await stands(chat, 'at first');
    await answer(chat, 'Returns are accepted within 30 days.', 'ai');
    await stands(chat, 'after a message');
    const isAbove = messages && await chat.evaluate((selector) => {
      const [note] = globalThis.look.notices();
      return note.getBoundingClientRect().bottom <= globalThis.look.message(selector, 'Returns').getBoundingClientRect().top + 1;
    }, messages);
    assert.ok(isAbove ?? true, 'the message is below it');
  });

  it('survives 20 streamed messages', async () => {
    for (let i = 1; i <= 20; i++) await answer(chat, `Answer number ${i} arrives in words.`, 'ai');
    await stands(chat, 'after 20 messages');
    if (!messages) return;
    assert.match(await label('number 20 '), /AI-generated/);
    assert.equal(await mark('number 20 '), 'ai-autonomous');
    const text = await chat.evaluate((selector) => globalThis.look.message(selector, 'number 20 ').innerText, messages);
    assert.doesNotMatch(text, /AI-generated/, 'the text is not touched');
  });

  it('survives 50 redraws', async () => {
    for (let i = 0; i < 50; i++) await redraw(chat);
    await stands(chat, 'after 50 redraws');
  });

  it('goes when a person answers and comes back with the AI', async () => {
    await chat.evaluate(() => globalThis.mounted.update({ answeredBy: 'human' }));
    await isGone(chat);
    await chat.evaluate(() => globalThis.mounted.update({ answeredBy: 'ai' }));
    await stands(chat, 'with the AI again');
  });

  if (tells) it('goes and comes, and labels what the AI wrote and nothing that a person did, as the host\'s data say', async () => {
    await answer(chat, 'Written by the model.', 'ai');
    await answer(chat, 'Written by Mina.', 'human');
    await isGone(chat);
    await answer(chat, 'The model again.', 'ai');
    await stands(chat, 'with the AI again');
    if (!messages) return;
    assert.match(await label('by the model'), /AI-generated/);
    assert.doesNotMatch(await label('by Mina'), /AI-generated/);
    assert.match(await label('model again'), /AI-generated/);
    assert.deepEqual([await mark('by the model'), await mark('by Mina'), await mark('model again')], ['ai-autonomous', '', 'ai-autonomous']);
  });

  it('survives a route change', async () => {
    await hostOf(chat, 'leave');
    if (!stays) await isGone(chat);
    await hostOf(chat, 'enter');
    await settle(chat);
    await stands(chat, 'after the route change');
  });

  it('reports what it cannot carry, and nothing else', async () => {
    await chat.until((count) => globalThis.candorEvents.filter(([type]) => type === 'error').length >= count, unlabelled.length);
    assert.deepEqual(await codes(chat), unlabelled);
    if (chat.seen) assert.deepEqual(chat.seen.errors.filter((error) => error !== quirk), []);
  });
}
