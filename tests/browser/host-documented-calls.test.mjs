// Adapters for vendors whose widgets come from their servers: over stand-ins that answer the calls which the vendors document. Not tried
// against the live services. Each stand-in is a frame in the corner, as theirs are, and what it was told to do.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { engine, holds, hostSite, notice, page, stands } from './hosts.mjs';
import { open, screenshot } from './support.mjs';

const frame = `const frame = document.createElement('iframe');
frame.title = 'Chat';
frame.style.cssText = 'position:fixed;right:20px;bottom:20px;width:380px;height:520px;border:1px solid #999;display:none';
frame.srcdoc = '<!doctype html><style>body{font:14px sans-serif;margin:1rem}</style><b>Support</b>';
document.body.append(frame);
const display = (on) => { frame.style.display = on ? 'block' : 'none'; };
const show = (text) => { const line = frame.contentDocument.createElement('p'); line.textContent = text; frame.contentDocument.body.append(line); };`;

/** By vendor: the stand-in, which puts `chat` there: `open`, `close`, `say(text, by)`; and the adapter's options. A route takes all but the frame away. */
const host = `globalThis.host = {
  answer: (text, by) => chat.say(text, by),
  redraw() { for (const each of [...document.body.children]) if (each !== frame) each.remove(); },
  leave() { history.pushState({}, '', '/other'); this.redraw(); },
  enter() { history.pushState({}, '', '/'); document.body.prepend(document.createElement('main')); },
};`;

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
window.chat = { open() { display(true); for (const each of heard.userInteractedWithWidget ?? []) each(); }, close() { display(false); }, say: (text) => show(text) };`, opensUnheard: true },
};

const base = await hostSite({
  pages: Object.fromEntries(Object.entries(vendors).map(([name, { standIn, options = '' }]) => [`/${name}/`, page(`<main><h1>Shop</h1></main><script>${frame}
${standIn}</script><script type="module">${engine}
import adapter from '/dist/hosts/${name}.js';
globalThis.mounted = mount(document.body, { ...options, host: adapter(${options}) });
${host}</script>`)])),
});

for (const [name, { labels, tells, opensUnheard }] of Object.entries(vendors)) {
  const chatDoes = (chat, what, ...given) => chat.evaluate(([does, values]) => globalThis.chat[does](...values), [what, given]);

  holds(`${name}, by its documented calls`, `${base}/${name}`, {
    tells, stays: true, unlabelled: labels ? [] : ['no-slot the host has no place for `visible-label`'],
    settle: (chat) => chatDoes(chat, 'open'),
  });

  describe(`the notice beside ${name}, by its documented calls`, () => {
    const start = async (options) => {
      const chat = await open(`${base}/${name}/`, options);
      await notice(chat).waitFor({ state: 'attached' });
      return chat;
    };

    it('stands beside the chat while it is open', async () => {
      const chat = await start();
      if (!opensUnheard) assert.ok(!await notice(chat).isVisible(), 'not while the chat is closed');
      await chatDoes(chat, 'open');
      await stands(chat, 'open');
      const [ours, theirs] = [await notice(chat).boundingBox(), await chat.locator('iframe').boundingBox()];
      assert.ok(ours.x + ours.width <= theirs.x, 'it lies beside the chat, not over it');
      await chatDoes(chat, 'say', 'Hello.', 'ai');
      if (labels) assert.deepEqual(await chat.frameLocator('iframe').locator('p').allInnerTexts(), ['AI-generated: Hello.']);
      await screenshot(chat, `host-${name}`);
      await chatDoes(chat, 'close');
      if (!opensUnheard) await notice(chat).waitFor({ state: 'hidden' });
      await chat.evaluate(() => globalThis.mounted.unmount());
      await chatDoes(chat, 'open');
      assert.equal(await notice(chat).count(), 0);
    });

    it('stands over a narrow screen', async () => {
      const chat = await start({ viewport: { width: 320, height: 640 } });
      await chatDoes(chat, 'open');
      await stands(chat, 'narrow');
      await screenshot(chat, `host-${name}-narrow`);
    });
  });
}
