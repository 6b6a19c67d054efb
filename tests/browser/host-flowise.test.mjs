// The notice in the real Flowise chat, which replaces the whole row of a message while its text arrives.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { engine, holds, hostOf, hostSite, page, stands } from './hosts.mjs';
import { reaches } from './hosts-reach.mjs';
import { built, chatDeployment, events, open, root } from './support.mjs';

const stub = '/flowise/api/v1/';
const answers = [];

/** Flowise's own addresses, as its chat calls them: an answer arrives word by word. */
function handle(path, request, response) {
  if (!path.startsWith(stub)) return false;
  const json = (value) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  const what = path.slice(stub.length);
  if (what.startsWith('public-chatbotConfig')) json({ chatbotConfig: {}, uploads: {}, flowData: '{}', isTTSEnabled: false });
  else if (what.startsWith('chatflows-streaming')) json({ isStreaming: true });
  else if (what.startsWith('prediction')) {
    request.resume();
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const tell = (event, data) => response.write(`message:\ndata:${JSON.stringify({ event, data })}\n\n`);
    const words = [...(answers.shift() ?? 'Nothing.').split(/(?<= )/)];
    tell('start', '');
    const next = () => {
      if (words.length) {
        tell('token', words.shift());
        setTimeout(next, 5);
      } else {
        tell('metadata', { chatId: 'c1', chatMessageId: `m${Date.now()}` });
        tell('end', '[DONE]');
        response.end();
      }
    };
    next();
  } else json({});
  return true;
}

const chatAlone = `<script type="module">import Chatbot from '/flowise-embed/web.js';
Chatbot.init({ chatflowid: 'f1', apiHost: location.origin + '/flowise', theme: { button: { autoWindowOpen: { autoOpen: true, openDelay: 0 } } } });</script>`;

const address = hostSite({
  handle,
  folders: { '/site/': built(chatDeployment), '/flowise-embed/': join(root, 'node_modules/flowise-embed/dist') },
  pages: {
    '/': page(`<script type="module">${engine}
import Chatbot from '/flowise-embed/web.js';
import { flowise } from '/dist/hosts/flowise.js';
const written = {};
const adapter = flowise({ by: ({ message }) => written[Object.keys(written).find((text) => message && text.startsWith(message))] ?? 'ai' });
const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
const enter = () => Chatbot.init({ chatflowid: 'f1', apiHost: location.origin + '/flowise', observersConfig: adapter.observers,
  theme: { button: { autoWindowOpen: { autoOpen: true, openDelay: 0 } }, chatWindow: { title: 'Support', showTitle: true, welcomeMessage: 'Hi there!', height: 520, width: 400,
    clearChatOnReload: true, textInput: { sendMessageSound: false, receiveMessageSound: false } } } });
enter();
globalThis.mounted = mount('flowise-chatbot', { ...options, host: adapter });
const inside = (selector) => document.querySelector('flowise-chatbot').shadowRoot.querySelectorAll(selector);
globalThis.host = {
  wrote(text, by) { written[text] = by; },
  async redraw() {
    const [open] = inside('[part=button]');
    open.click();
    await pause(10);
  },
  leave() { history.pushState({}, '', '/other'); Chatbot.destroy(); document.querySelector('flowise-chatbot')?.remove(); },
  enter() { history.pushState({}, '', '/'); enter(); },
};
</script>`),
    '/tag': page(`<script src="/site/candor.one.js" data-channel="chat" data-target="flowise-chatbot"></script>${chatAlone}`),
    '/missing': page(`<div id="chat"></div><script src="/dist/candor.iife.js" data-config="/candor.json" data-channel="chat" data-target="#chat" data-host="nobody"></script>`),
    '/candor.json': JSON.stringify(chatDeployment),
  },
});

const given = {
  messages: '[data-testid=host-bubble]', input: '[data-testid=input] textarea',
  async answer(chat, text, by) {
    await hostOf(chat, 'wrote', text, by);
    answers.push(text);
    await chat.locator('[data-testid=input] textarea').pressSequentially('Hello');
    await chat.keyboard.press('Enter');
    await chat.locator('[data-testid=host-bubble]').filter({ hasText: text }).waitFor({ timeout: 5000 });
    await chat.waitForTimeout(100);
  },
  settle: (chat) => chat.locator('[data-testid=input]').waitFor(),
};
holds('flowise', address, given);
reaches('flowise', address, given);

describe('a script tag in a page with Flowise', () => {
  it('knows it by its element, and loads the one adapter that it needs', async () => {
    const chat = await open(`${await address}/tag`);
    await stands(chat, 'by a script tag');
    assert.deepEqual(chat.seen.requests.filter((path) => path.includes('/hosts/')), ['/site/hosts/flowise.js']);
  });

  it('says that an adapter is not there, and shows the notice all the same', async () => {
    const chat = await open(`${await address}/missing`);
    await stands(chat, 'without its adapter');
    assert.equal((await events(chat, 'error'))[0].code, 'unavailable');
  });
});
