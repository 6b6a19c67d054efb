// The notice at the real Rocket.Chat livechat: a frame of another origin, which the page cannot reach into.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { WebSocketServer } from 'ws';
import { engine, holds, hostOf, hostSite, notice, page, stands } from './hosts.mjs';
import { reaches } from './hosts-reach.mjs';
import { events, open, root, screenshot, site } from './support.mjs';

const build = join(root, 'node_modules/@rocket.chat/livechat/build');
const room = 'room1';
const sockets = new Set();
const history = [];
let serial = 0;

const agents = { ai: { _id: 'bot1', username: 'assistant', name: 'Ada' }, human: { _id: 'mina', username: 'mina', name: 'Mina' } };
const tell = (collection, ...args) => {
  for (const socket of sockets) socket.send(JSON.stringify({ msg: 'changed', collection, id: 'id', fields: { eventName: room, args } }));
};
const say = (message) => tell('stream-room-messages', message);
const assign = (by) => tell('stream-livechat-room', { type: 'agentData', data: { ...agents[by], status: 'online' } });

/** The answers of a Rocket.Chat server that its livechat asks for. */
function handle(path, request, response) {
  const json = (value) => response.writeHead(200, { 'content-type': 'application/json', 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' })
    .end(JSON.stringify({ success: true, ...value }));
  if (path === '/livechat') {
    // The server writes its own address into the page, too.
    const frame = readFileSync(join(build, 'index.html'), 'utf8').replace('<body>', '<body><script>SERVER_URL=location.origin</script>');
    response.writeHead(200, { 'content-type': 'text/html' }).end(frame);
    return true;
  }
  if (!path.startsWith('/api/v1/')) return false;
  const what = path.slice('/api/v1/livechat/'.length);
  if (request.method === 'OPTIONS') json({});
  else if (what === 'config') json({ config: {
    enabled: true, online: true, theme: { title: 'Support', color: '#1D4F91' }, messages: {}, triggers: [], departments: [], resources: {},
    settings: { registrationForm: false, displayOfflineForm: true, language: 'en', historyMonitorType: 'url' },
  } });
  else if (what === 'message') {
    let body = '';
    request.on('data', (part) => { body += part; });
    request.on('end', () => {
      const { _id, msg } = JSON.parse(body);
      const message = { _id, rid: room, msg, u: { _id: 'v1', username: 'guest' }, token: 't1' };
      history.push({ ...message, ts: new Date().toISOString() });
      json({ message: history.at(-1) });
      say({ ...message, ts: { $date: Date.now() } });
    });
  } else if (what.startsWith('visitor')) json({ visitor: { _id: 'v1', username: 'guest', token: 't1', name: 'Guest' } });
  else if (what === 'room') json({ newRoom: true, room: { _id: room, open: true, v: { _id: 'v1', token: 't1' }, servedBy: agents.ai } });
  else if (what.startsWith('agent.info')) json({ agent: { ...agents.ai, status: 'online', emails: [], hiddenInfo: false } });
  else if (what.startsWith('messages.history')) json({ messages: [...history].reverse() });
  else json({});
  return true;
}

const frames = site({
  handle,
  folders: { '/livechat/': build },
  listening(server) {
    new WebSocketServer({ server }).on('connection', (socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      socket.on('message', (bytes) => {
        const { msg, id, name } = JSON.parse(bytes);
        const send = (value) => socket.send(JSON.stringify(value));
        if (msg === 'connect') send({ msg: 'connected', session: 's1' });
        else if (msg === 'ping') send({ msg: 'pong', id });
        else if (msg === 'sub') {
          if (name === 'stream-room-messages') socket.hears = true;
          send({ msg: 'ready', subs: [id] });
        }
        else if (msg === 'method') send({ msg: 'result', id, result: {} });
      });
    });
  },
});

const address = frames.then((origin) => hostSite({
  pages: {
    '/': page(`<main><h1>Shop</h1></main><script>
const origin = ${JSON.stringify(origin)};
(function (w, d, s, u) { w.RocketChat = function (c) { w.RocketChat._.push(c); }; w.RocketChat._ = []; w.RocketChat.url = u;
  const j = d.createElement(s); j.async = true; j.src = origin + '/livechat/rocketchat-livechat.min.js'; d.head.append(j); })(window, document, 'script', origin + '/livechat');
</script><script type="module">${engine}
import { rocketChat } from '/dist/hosts/rocket-chat.js';
globalThis.mounted = mount('.rocketchat-widget', { ...options, host: rocketChat({ isPerson: ({ username }) => username !== 'assistant' }) });
const widget = () => document.querySelector('.rocketchat-widget');
let away;
globalThis.host = {
  open() { RocketChat(function () { this.maximizeWidget(); }); },
  leave() { history.pushState({}, '', '/other'); away = widget(); away.remove(); },
  enter() { history.pushState({}, '', '/'); document.body.append(away); },
};
</script>`),
  },
}));

const settle = async (chat) => {
  history.length = 0;
  const frame = chat.frameLocator('#rocketchat-iframe');
  await frame.locator('#app *').first().waitFor({ state: 'attached' });
  await chat.waitForTimeout(300);
  await hostOf(chat, 'open');
  await frame.locator('[contenteditable]').waitFor();
};

/** Closes the chat as a person does: its own call for that does nothing in this version. */
async function minimize(chat) {
  await chat.frameLocator('#rocketchat-iframe').locator('[aria-label="Minimize chat"]').evaluate((button) => button.click());
  await chat.locator('.rocketchat-widget[data-state=closed]').waitFor();
}

const begun = new WeakSet();
async function answer(chat, text, by) {
  const frame = chat.frameLocator('#rocketchat-iframe');
  if (!begun.has(chat)) {
    begun.add(chat);
    await frame.locator('[contenteditable]').click();
    await chat.keyboard.type('Hello');
    await chat.keyboard.press('Enter');
    await frame.getByText('Hello').first().waitFor();
    while (![...sockets].at(-1)?.hears) await chat.waitForTimeout(20);
    await chat.waitForTimeout(200);
  }
  serial += 1;
  // The chat asks for its history at its own times: what was said has to be there.
  const message = { _id: `m${serial}`, rid: room, msg: '', u: agents[by], ts: new Date().toISOString() };
  history.push(message);
  const send = (isFirst) => say({ ...message, ts: { $date: Date.parse(message.ts) }, _updatedAt: { $date: Date.now() }, ...(!isFirst && { editedAt: { $date: Date.now() } }) });
  for (const word of text.split(/(?<= )/)) {
    message.msg += word;
    send(message.msg === word);
    await chat.waitForTimeout(5);
  }
  // A history that was asked for while the words came may arrive after them.
  const isThere = () => frame.getByText(text).first().waitFor({ timeout: 3000 });
  await isThere().catch(() => {
    send();
    return isThere();
  });
}

const given = {
  settle, answer,
  async redraw(chat) {
    await minimize(chat);
    await hostOf(chat, 'open');
    await chat.locator('.rocketchat-widget[data-state=opened]').waitFor();
  },
  unlabelled: ['no-slot the host has no place for `visible-label`'], quirk: 'The element has no supported sources.',
};
holds('rocket-chat', address, given);
reaches('rocket-chat', address, given);

describe('the notice at Rocket.Chat', () => {
  const start = async (options) => {
    const chat = await open(`${await address}/`, options);
    await chat.waitForFunction(() => globalThis.host);
    await settle(chat);
    await notice(chat).waitFor();
    return chat;
  };

  it('is in the page, for the frame is closed to it, and hides with the chat', async () => {
    const chat = await start();
    assert.equal(await chat.evaluate(() => document.querySelector('#rocketchat-iframe').contentDocument), null);
    await minimize(chat);
    await notice(chat).waitFor({ state: 'hidden' });
    await hostOf(chat, 'open');
    await stands(chat, 'opened again');
  });

  it('goes when the conversation is given to a person, and comes back with the assistant', async () => {
    const chat = await start();
    await answer(chat, 'Written by the model.', 'ai');
    assign('human');
    await notice(chat).waitFor({ state: 'detached' });
    await screenshot(chat, 'host-rocket-chat-person');
    assign('ai');
    await stands(chat, 'with the AI again');
  });

  it('stays on a screen that the chat fills', async () => {
    const chat = await start({ viewport: { width: 360, height: 640 }, screen: { width: 360, height: 640 }, isMobile: true });
    await stands(chat, 'on a telephone');
    await screenshot(chat, 'host-rocket-chat-narrow');
  });

  it('says in the decision, too, what it cannot carry', async () => {
    const chat = await start();
    await chat.waitForFunction(() => globalThis.candorEvents.some(([type]) => type === 'error'));
    assert.deepEqual((await events(chat, 'error')).map(({ code }) => code), ['no-slot']);
    assert.deepEqual(await chat.evaluate(() => globalThis.mounted.decision.warnings.map(({ code }) => code).filter((code) => code === 'no-slot')), ['no-slot']);
  });
});
