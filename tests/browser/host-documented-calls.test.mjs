// Adapters for vendors whose widgets come from their servers: over stand-ins that answer the calls which the vendors document. Not tried
// against the live services. Each stand-in is a frame in the corner, as theirs are, and what it was told to do.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { engine, notice, page, stands } from './hosts.mjs';
import { events, open, screenshot, site } from './support.mjs';

const frame = `const frame = document.createElement('iframe');
frame.title = 'Chat';
frame.style.cssText = 'position:fixed;right:20px;bottom:20px;width:380px;height:520px;border:1px solid #999;display:none';
frame.srcdoc = '<!doctype html><style>body{font:14px sans-serif;margin:1rem}</style><b>Support</b>';
document.body.append(frame);
const display = (on) => { frame.style.display = on ? 'block' : 'none'; };
const show = (text) => { const line = frame.contentDocument.createElement('p'); line.textContent = text; frame.contentDocument.body.append(line); };`;

/** By vendor: the stand-in, which puts `chat` there: `open`, `close`, `say(text, by)`; and the adapter's options. */
const vendors = {
  zendesk: { standIn: `const heard = { open: new Set(), close: new Set() };
let before = (message) => message;
window.zE = (group, what, given) => {
  if (group === 'messenger:on') { heard[what].add(given); return () => heard[what].delete(given); }
  if (group === 'messenger:set' && what === 'beforeMessageDisplay') before = given;
};
window.chat = {
  open() { display(true); for (const each of heard.open) each({ type: 'messagingOpened' }); },
  close() { display(false); for (const each of heard.close) each({ type: 'messagingClosed' }); },
  say(text, by) { const shown = before({ content: { type: 'text', text }, metadata: { answeredBy: by } }, {}); if (shown) show(shown.content.text); },
};`, labels: true, tells: true },
  intercom: { standIn: `const heard = {};
window.Intercom = (call, given) => { (heard[call] ??= []).push(given); };
window.chat = {
  open() { display(true); for (const each of heard.onShow ?? []) each(); },
  close() { display(false); for (const each of heard.onHide ?? []) each(); },
  say: (text) => show(text),
};` },
  crisp: { standIn: `const heard = {};
const early = window.$crisp ?? [];
const take = ([verb, event, given]) => { if (verb === 'on') (heard[event] ??= []).push(given); };
window.$crisp = { push: take };
early.forEach(take);
const tell = (event, detail) => { for (const each of heard[event] ?? []) each(detail); };
window.chat = {
  open() { display(true); tell('chat:opened'); },
  close() { display(false); tell('chat:closed'); },
  say(text, by) { show(text); tell('message:received', { from: 'operator', content: text, user: { nickname: by === 'ai' ? 'Bot' : 'Mina' } }); },
};`, options: "{ by: ({ user }) => user.nickname === 'Bot' ? 'ai' : 'human' }", tells: true },
  chatwoot: { standIn: `const tell = (type, detail) => window.dispatchEvent(new CustomEvent(type, { detail }));
window.chat = {
  open() { display(true); tell('chatwoot:opened'); },
  close() { display(false); tell('chatwoot:closed'); },
  say(text, by) { show(text); tell('chatwoot:on-message', { content: text, sender_type: by === 'ai' ? 'AgentBot' : 'User' }); },
};`, tells: true },
  hubspot: { standIn: `const heard = {};
window.HubSpotConversations = { on: (event, given) => (heard[event] ??= new Set()).add(given), off: (event, given) => heard[event]?.delete(given) };
setTimeout(() => { for (const each of window.hsConversationsOnReady ?? []) each(); });
window.chat = { open() { display(true); for (const each of heard.userInteractedWithWidget ?? []) each(); }, close() { display(false); }, say: (text) => show(text) };`, stays: true },
};

const base = await site({
  pages: Object.fromEntries(Object.entries(vendors).map(([name, { standIn, options = '' }]) => [`/${name}`, page(`<main><h1>Shop</h1></main><script>${frame}
${standIn}</script><script type="module">${engine}
import adapter from '/dist/hosts/${name}.js';
globalThis.mounted = mount(document.body, { ...options, host: adapter(${options}) });</script>`)])),
});

for (const [name, { labels, tells, stays }] of Object.entries(vendors)) {
  describe(`the notice beside ${name}, by its documented calls`, () => {
    const start = async (options) => {
      const chat = await open(`${base}/${name}`, options);
      await notice(chat).waitFor({ state: 'attached' });
      return chat;
    };
    const chatDoes = (chat, what, ...given) => chat.evaluate(([does, values]) => globalThis.chat[does](...values), [what, given]);
    const said = (chat) => chat.frameLocator('iframe').locator('p').allInnerTexts();

    it('stands beside the chat while it is open', async () => {
      const chat = await start();
      if (!stays) assert.ok(!await notice(chat).isVisible(), 'not while the chat is closed');
      await chatDoes(chat, 'open');
      await stands(chat, 'open');
      const [ours, theirs] = [await notice(chat).boundingBox(), await chat.locator('iframe').boundingBox()];
      assert.ok(ours.x + ours.width <= theirs.x, 'it lies beside the chat, not over it');
      await chatDoes(chat, 'say', 'Hello.', 'ai');
      await screenshot(chat, `host-${name}`);
      await chatDoes(chat, 'close');
      if (!stays) await notice(chat).waitFor({ state: 'hidden' });
      await chat.evaluate(() => globalThis.mounted.unmount());
      await chatDoes(chat, 'open');
      assert.equal(await notice(chat).count(), 0);
      assert.deepEqual(chat.seen.errors, []);
    });

    it('stays when the page takes it away, and over a narrow screen', async () => {
      const chat = await start({ viewport: { width: 360, height: 640 } });
      await chatDoes(chat, 'open');
      await chat.evaluate(() => document.querySelector('candor-notice').remove());
      await stands(chat, 'put back');
      await chat.evaluate(() => document.querySelector('[data-candor-beside]').remove());
      await stands(chat, 'put back with its box');
      await screenshot(chat, `host-${name}-narrow`);
    });

    it(tells ? 'goes and comes with who speaks, by the data of the messages' : 'goes and comes with who speaks, as the page says', async () => {
      const chat = await start();
      await chatDoes(chat, 'open');
      await stands(chat, 'open');
      await (tells ? chatDoes(chat, 'say', 'I am Mina.', 'human') : chat.evaluate(() => globalThis.mounted.update({ answeredBy: 'human' })));
      await notice(chat).waitFor({ state: 'detached' });
      await (tells ? chatDoes(chat, 'say', 'The model again.', 'ai') : chat.evaluate(() => globalThis.mounted.update({ answeredBy: 'ai' })));
      await stands(chat, 'with the AI again');
      if (labels) assert.deepEqual(await said(chat), ['I am Mina.', 'AI-generated: The model again.']);
    });

    it(labels ? 'has a place for the label' : 'reports that it has no place for the label', async () => {
      const chat = await start();
      await chat.waitForTimeout(1000);
      assert.deepEqual((await events(chat, 'error')).map(({ message }) => message), labels ? [] : ['the host has no place for `visible-label`']);
    });
  });
}
