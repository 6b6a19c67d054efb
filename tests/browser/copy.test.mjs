// What is copied of a chat: the label goes with what the AI wrote, and its marks with the HTML, in every engine, by the browser's own copying.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { engines } from './engines.mjs';
import { engine, hostSite, page } from './hosts.mjs';
import { open } from './support.mjs';

/** The same talk in each chat. */
const talk = [['ai', 'Hello, I am Ada.'], ['user', 'Is it (30) days?'], ['ai', 'Yes, **30** days.']];

/** What the tests ask of a chat: `part` is the element that says `text`, and the page copies when the button is clicked, which leaves the selection. */
const copying = `
const copies = document.querySelector('#copy');
copies.addEventListener('mousedown', (event) => event.preventDefault());
copies.addEventListener('click', () => document.execCommand('copy'));
const part = (text) => look.all('p').find((each) => each.textContent.includes(text));
globalThis.select = ([first, from, last, to]) => {
  const start = part(first).firstChild, end = part(last).lastChild;
  getSelection().setBaseAndExtent(start, from, end, to ?? end.length ?? end.childNodes.length);
};
addEventListener('copy', (event) => (globalThis.copied = { text: event.clipboardData.getData('text/plain'), html: event.clipboardData.getData('text/html'), ours: event.defaultPrevented }));
globalThis.marks = () => look.all('.ai,.ai-message').map((each) => [each.getAttribute('ai-disclosure'), each.getAttribute('data-ai-disclosure')].join());
globalThis.read = (content) => engine.readMarks(content).map(({ form, value }) => form + ' ' + value);`;
const button = '<button id="copy">Copy</button>';
const address = hostSite({
  pages: {
    '/shadow': page(`${button}<main></main><script type="module">${engine}
import '/deep-chat/deepChat.bundle.js';
const chat = document.createElement('deep-chat');
chat.setAttribute('connect', '{"url":"/chat"}');
chat.history = ${JSON.stringify(talk.map(([role, text]) => ({ role, text })))};
document.querySelector('main').append(chat);
globalThis.mounted = mount('deep-chat', options);
globalThis.add = (text) => chat.addMessage({ role: 'ai', text });
${copying}</script>`),
    '/light': page(`${button}<p>Before it.</p><main id="chat"></main><textarea>Typed words.</textarea><script type="module">${engine}
import { bySelectors } from '/dist/widget.js';
const chat = document.querySelector('main');
const write = (role, text) => chat.insertAdjacentHTML('beforeend', '<div class="row"><div class="' + (role === 'ai' ? 'ai' : 'me') + '"><p>' + text.replace(/\\*\\*(.*?)\\*\\*/, '<b>$1</b>') + ' <a href="/privacy">More</a></p><i hidden>hidden</i></div></div>');
for (const [role, text] of ${JSON.stringify(talk)}) write(role, text);
globalThis.mounted = mount('#chat', { ...options, host: bySelectors({ 'chat-header': '#chat' }, { messages: { row: '.row', ai: '.ai' } }) });
globalThis.add = (text) => write('ai', text);
${copying}</script>`),
  },
});

const copiesOf = async (chat, selected) => {
  await chat.evaluate((given) => {
    globalThis.copied = undefined;
    if (given) globalThis.select(given);
  }, selected);
  await chat.click(() => document.querySelector('#copy'));
  return chat.until(() => globalThis.copied);
};
const marked = ['ai-autonomous,ai-autonomous', 'ai-autonomous,ai-autonomous'];
const areMarked = (wanted) => JSON.stringify(globalThis.marks?.()) === JSON.stringify(wanted);

for (const { name, missing, open: start } of engines) {
  for (const path of ['/shadow', '/light']) {
    describe(`what is copied, ${path}, ${name}`, { skip: missing }, () => {
      let chat;
      before(async () => {
        chat = await start(`${await address}${path}`);
        await chat.until(areMarked, marked);
      });
      after(() => chat?.close());

      it('has the label before each message by AI, whole or in part, and none before a person\'s', async () => {
        const { text, html, ours } = await copiesOf(chat, ['Hello', 7, 'Yes']);
        assert.ok(ours);
        const lines = text.split('\n').map((line) => line.trim()).filter(Boolean);
        const words = 'AI-generated';
        assert.deepEqual(lines.map((line) => line.replace(/ More$/, '')), [words, 'I am Ada.', 'Is it (30) days?', words, 'Yes, 30 days.']);
        assert.equal(html.match(/AI-generated/g).length, 2);
        assert.match(html, /<[^>]* ai-disclosure="ai-autonomous"[^>]*><small>[^<]*AI-generated<\/small>/);
        assert.doesNotMatch(html, /hidden<|Hello/);
        assert.deepEqual(await chat.evaluate((content) => globalThis.read(content), html),
          ['text AI-generated', 'text AI-generated', ...Array(4).fill('html-attribute ai-autonomous')]);
      });

      it('has it where a few words are selected', async () => {
        const { text, html } = await copiesOf(chat, ['Hello', 7, 'Hello', path === '/shadow' ? 11 : undefined]);
        assert.match(text, /^[^\n]*AI-generated\nI am/);
        assert.match(html, /ai-disclosure="ai-autonomous"[^>]*><small>/);
        if (path === '/light') assert.match(html, /href="http:\/\/127.0.0.1:\d+\/privacy"/);
      });

      it('is as ever where no message by AI is selected', async () => {
        assert.deepEqual(await copiesOf(chat, ['(30)', 0, '(30)']), { text: '', html: '', ours: false });
        if (path === '/shadow') return;
        assert.equal((await copiesOf(chat, ['Before', 0, 'Before'])).ours, false);
        await chat.evaluate(() => document.querySelector('textarea').select());
        assert.equal((await copiesOf(chat)).ours, false);
        await chat.evaluate(() => document.activeElement.blur());
      });

      it('is the host\'s own where it copies itself', async () => {
        await chat.evaluate(() => document.addEventListener('copy', (event) => {
          event.clipboardData.setData('text/plain', 'theirs');
          event.preventDefault();
        }, { once: true }));
        assert.equal((await copiesOf(chat, ['Hello', 0, 'Hello'])).text, 'theirs');
      });

      it('keeps what the AI wrote apart from what a person does', async () => {
        await chat.evaluate(() => {
          globalThis.mounted.update({ answeredBy: 'human' });
          globalThis.add('Mina here.');
        });
        await chat.until(areMarked, [...marked, ',']);
        await chat.evaluate(() => globalThis.mounted.update({ answeredBy: 'mixed' }));
        await chat.evaluate(() => globalThis.add('One of us.'));
        await chat.until(areMarked, [...marked, ',', ',']);
        await chat.evaluate(() => globalThis.mounted.update({ answeredBy: 'ai' }));
        await chat.evaluate(() => globalThis.add('Ada again.'));
        await chat.until(areMarked, [...marked, ',', ',', marked[0]]);
        const { text } = await copiesOf(chat, ['Mina', 0, 'Ada again']);
        assert.match(text, /^Mina here\./);
        assert.match(text, /AI-generated\nAda again/);
      });

      it('and the marks are gone with the mount', async () => {
        await chat.evaluate(() => globalThis.mounted.unmount());
        await chat.until(areMarked, [',', ',', ',', ',', ',']);
        assert.equal((await copiesOf(chat, ['Hello', 0, 'Hello'])).ours, false);
      });
    });
  }
}

describe('what is copied with the keyboard', () => {
  it('is on the clipboard with the label', async () => {
    const chat = await open(`${await address}/shadow`, { permissions: ['clipboard-read', 'clipboard-write'] });
    await chat.until(areMarked, marked);
    await chat.evaluate(() => globalThis.select(['Hello', 0, 'Hello']));
    await chat.keyboard.press('ControlOrMeta+C');
    assert.match(await chat.evaluate(() => navigator.clipboard.readText()), /AI-generated\nHello, I am Ada\./);
  });

  it('has the marks where no label is due', async () => {
    const chat = await open(`${await address}/light?place=DE`);
    await chat.until(areMarked, marked);
    await chat.evaluate(() => globalThis.select(['Hello', 0, 'Hello']));
    await chat.keyboard.press('ControlOrMeta+C');
    const { text, html } = await chat.evaluate(() => globalThis.copied);
    assert.match(text, /^Hello, I am Ada\./);
    assert.match(html, /^<div[^>]*><div class="ai" ai-disclosure="ai-autonomous" data-ai-disclosure="ai-autonomous"><p>Hello/);
  });
});
