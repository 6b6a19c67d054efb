// What every chat host has to hold, over the real package: a page of a host offers `globalThis.host`, and the same cases run on each.
import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { build } from 'esbuild';
import { chatDeployment, events, open, root, screenshot } from './support.mjs';

/** A page around a host. `body` puts `globalThis.host` there: see `holds`. */
export const page = (body, head = '') => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Chat</title>
<meta name="viewport" content="width=device-width">${head}</head><body>${body}</body></html>`;

/** The start of a module script: an engine for an unknown place, where a notice and a label are due, and `mount`. */
export const engine = `import { load, mount } from '/dist/widget.js';
const engine = await load({ wasm: '/dist/candor.wasm', twin: '/dist/candor.nowasm.js', rules: '/dist/rules.pack', timeout: 10000,
  locales: ['/dist/locales/en.pack'], deployment: ${JSON.stringify(chatDeployment)} });
const options = { engine, channel: 'chat', situation: { at: '2026-11-20' } };`;

/** Bundles a page script that imports a host's package, and answers the folder it is in. */
export async function bundled(file) {
  const folder = mkdtempSync(join(tmpdir(), 'candor-host-'));
  await build({
    entryPoints: [join(root, 'tests/browser/hosts', file)], outdir: folder, bundle: true, format: 'iife', jsx: 'automatic', logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  return folder;
}

export const notice = (chat) => chat.locator('candor-notice [role=note]').filter({ hasText: 'AI system' });
const visible = (chat) => notice(chat).evaluate((element) => {
  const { top, bottom, left, right } = element.getBoundingClientRect();
  const inside = top >= 0 && left >= 0 && bottom <= globalThis.innerHeight && right <= globalThis.innerWidth && bottom > top;
  let hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  while (hit?.shadowRoot && hit.localName !== 'candor-notice') {
    const inner = hit.shadowRoot.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    if (!inner || inner === hit) break;
    hit = inner;
  }
  return inside && (hit?.localName === 'candor-notice' || hit === element || element.contains(hit));
});

/** One notice, which can be seen: on the screen, and covered by nothing. */
export async function stands(chat, when) {
  await notice(chat).first().waitFor();
  assert.equal(await notice(chat).count(), 1, `${when}: one notice`);
  assert.ok(await visible(chat), `${when}: it can be seen`);
}

export const hostOf = (chat, method, ...given) => chat.evaluate(([name, values]) => globalThis.host[name](...values), [method, given]);

/**
 * The cases. A page's `host` has: `answer(text, by)`, which streams a message by the assistant, or by a person, and resolves at its end;
 * `redraw()`, once; `leave()` and `enter()`, a route change. `messages`: the locator of what carries a label, where there
 * is one; `unlabelled`: what is reported where there is none. `quirk`: an error of the host's own.
 */
export function holds(name, address, { messages, unlabelled = [], quirk, settle = async () => {}, redraw = (chat) => hostOf(chat, 'redraw'), answer = (chat, ...given) => hostOf(chat, 'answer', ...given) }) {
  const start = async (options) => {
    const chat = await open(`${await address}/`, options);
    await chat.waitForFunction(() => globalThis.host);
    await settle(chat);
    await notice(chat).waitFor();
    return chat;
  };
  const label = (chat, text) => messages(chat).filter({ hasText: text }).first().evaluate((element) => getComputedStyle(element, '::before').content);

  it('stands before the first message, above it', async () => {
    const chat = await start();
    await stands(chat, 'at first');
    await answer(chat, 'Returns are accepted within 30 days.', 'ai');
    await stands(chat, 'after a message');
    if (messages) {
      const [above, below] = [await notice(chat).boundingBox(), await messages(chat).last().boundingBox()];
      assert.ok(above.y + above.height <= below.y + 1, 'the message is below it');
    }
    await screenshot(chat, `host-${name}`);
    await chat.waitForTimeout(900);
    assert.deepEqual((await events(chat, 'error')).map(({ code, message }) => `${code} ${message}`), unlabelled);
    assert.deepEqual(chat.seen.errors.filter((error) => error !== quirk), []);
  });

  it('survives 50 redraws', async () => {
    const chat = await start();
    await answer(chat, 'Before.', 'ai');
    for (let i = 0; i < 50; i++) await redraw(chat);
    await stands(chat, 'after 50 redraws');
    assert.deepEqual((await events(chat, 'error')).filter(({ code }) => code !== 'no-slot'), []);
  });

  it('survives 20 streamed messages', async () => {
    const chat = await start();
    for (let i = 1; i <= 20; i++) await answer(chat, `Answer number ${i} arrives in words.`, 'ai');
    await stands(chat, 'after 20 messages');
    if (messages) {
      assert.match(await label(chat, 'number 20 '), /AI-generated/);
      assert.doesNotMatch(await messages(chat).filter({ hasText: 'number 20 ' }).first().innerText(), /AI-generated/, 'the text is not touched');
      await screenshot(chat, `host-${name}-20`);
    }
    assert.deepEqual((await events(chat, 'error')).filter(({ code }) => code !== 'no-slot'), []);
  });

  it('survives a route change', async () => {
    const chat = await start();
    await hostOf(chat, 'leave');
    await notice(chat).waitFor({ state: 'detached' });
    await hostOf(chat, 'enter');
    await settle(chat);
    await stands(chat, 'after the route change');
  });

  it('goes when a person answers and comes back with the AI', async () => {
    const chat = await start();
    await chat.evaluate(() => globalThis.mounted.update({ answeredBy: 'human' }));
    await notice(chat).waitFor({ state: 'detached' });
    await chat.evaluate(() => globalThis.mounted.update({ answeredBy: 'ai' }));
    await stands(chat, 'with the AI again');
  });

  if (messages) it('labels what the AI wrote and nothing that a person did, as the host\'s data say', async () => {
    const chat = await start();
    await answer(chat, 'Written by the model.', 'ai');
    await answer(chat, 'Written by Mina.', 'human');
    await notice(chat).waitFor({ state: 'detached' });
    await answer(chat, 'The model again.', 'ai');
    await stands(chat, 'with the AI again');
    assert.match(await label(chat, 'by the model'), /AI-generated/);
    assert.doesNotMatch(await label(chat, 'by Mina'), /AI-generated/);
    assert.match(await label(chat, 'model again'), /AI-generated/);
    await screenshot(chat, `host-${name}-labels`);
  });
}
