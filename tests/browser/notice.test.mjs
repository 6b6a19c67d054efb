// The notice in the real deep-chat: it stands first, in the right words, and stays.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chatDeployment, deepChatElement, events, open, screenshot, site, watchShifts } from './support.mjs';

const page = (body, { lang = 'en', head = '' } = {}) => `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>Chat</title>
<meta name="viewport" content="width=device-width">${head}</head><body>${body}</body></html>`;
const mounting = (options, target = 'document.querySelector("deep-chat")') => `<script type="module">
import { load, mount, bySelectors, localStore } from '/dist/widget.js';
const engine = await load({ wasm: '/dist/candor.wasm', twin: '/dist/candor.nowasm.js', rules: '/dist/rules.pack', timeout: 10000,
  locales: ['/dist/locales/en.pack', '/dist/locales/de.pack', '/dist/locales/ar.pack'], deployment: ${JSON.stringify(chatDeployment)} });
globalThis.mounted = mount(${target}, { engine, channel: 'chat', ...(${options}) });
</script>`;
const inGermany = '{ situation: { at: "2026-11-20", jurisdictions: ["DE"] } }';
const inChat = (test) => page(deepChatElement + mounting(test));
const notice = (chat) => chat.locator('deep-chat candor-notice [role=note]').filter({ hasText: /AI|KI|ذكاء/ });
const first = (chat) => chat.evaluate(() => document.querySelector('deep-chat').shadowRoot.firstElementChild.localName);

const base = await site({
  pages: {
    '/': inChat(inGermany),
    '/de-AT': page(deepChatElement + mounting(inGermany), { lang: 'de-AT' }),
    '/ar': page(deepChatElement + mounting(inGermany), { lang: 'ar' }),
    '/cn': inChat('{ situation: { at: "2026-11-20", jurisdictions: ["CN"], facts: { audience: "public" } } }'),
    '/late': page(mounting(inGermany, '"deep-chat"')),
    '/light': page(`<div id="chat"><header>Help</header><p>Hi</p></div>${mounting('{ situation: { jurisdictions: ["DE"] }, host: bySelectors({ "chat-header": { selector: "header", at: "after" } }) }', 'document.querySelector("#chat")')}`),
    '/slots': page(`<div id="chat"><header></header><ol></ol></div>${mounting('{ situation: { jurisdictions: ["DE"] }, host: bySelectors({ "first-message": "ol", "chat-header": "header" }) }', 'document.querySelector("#chat")')}`),
    '/apart': page(`<div id="chat"><header></header><ol></ol><button>Send</button></div>${mounting('{ situation: { jurisdictions: ["DE"] }, host: bySelectors({ "chat-header": "header", "before-chat": { at: "last" } }) }', 'document.querySelector("#chat")')}`),
    '/headless': page(`<div id="chat"><ol></ol></div>${mounting('{ situation: { jurisdictions: ["DE"] }, host: bySelectors({ "first-message": "ol", "chat-header": "header" }) }', 'document.querySelector("#chat")')}`),
    '/slotless': page(`<div id="chat"></div>${mounting('{ situation: { jurisdictions: ["DE"] }, host: { slots: {} } }', 'document.querySelector("#chat")')}`),
    '/hidden': page(`<style>deep-chat{visibility:hidden}</style>${deepChatElement}${mounting(inGermany)}`),
    '/focus': page(`<input autofocus id="field">${deepChatElement}${mounting(inGermany)}`),
  },
});

describe('the notice in deep-chat', () => {
  it('stands before the first message', async () => {
    const chat = await open(base);
    await notice(chat).waitFor();
    assert.equal(await first(chat), 'candor-notice');
    assert.match(await notice(chat).innerText(), /You are chatting with an AI system\./);
    const above = await chat.evaluate(() => {
      const root = document.querySelector('deep-chat').shadowRoot;
      return root.querySelector('candor-notice').getBoundingClientRect().bottom <= root.querySelector('.ai-message').getBoundingClientRect().top;
    });
    assert.ok(above);
    assert.deepEqual(chat.seen.errors, []);
    await screenshot(chat, 'notice');
  });

  it('is in the tree that assistive technology reads, and takes no focus', async () => {
    const chat = await open(`${base}/focus`);
    await notice(chat).waitFor();
    assert.equal(await chat.evaluate(() => document.activeElement.id), 'field');
    assert.match(await chat.locator('deep-chat').ariaSnapshot(), /note:\s+- paragraph:\s+- strong: You are chatting with an AI system/);
  });

  it('speaks German to de-AT', async () => {
    const chat = await open(`${base}/de-AT`);
    await notice(chat).waitFor();
    assert.equal(await notice(chat).getAttribute('lang'), 'de');
    assert.match(await notice(chat).innerText(), /Sie chatten mit einem KI-System\./);
  });

  it('runs right to left for ar', async () => {
    const chat = await open(`${base}/ar`);
    await notice(chat).waitFor();
    assert.deepEqual([await notice(chat).getAttribute('lang'), await notice(chat).getAttribute('dir')], ['ar', 'rtl']);
    const icon = await notice(chat).evaluate((element) => getComputedStyle(element, '::before').right);
    assert.equal(icon, '16px');
    await screenshot(chat, 'notice-rtl');
  });

  it('tells once when it was seen, and not while it cannot be', async () => {
    const chat = await open(base);
    await chat.waitForFunction(() => globalThis.candorEvents.some(([type]) => type === 'shown'));
    await chat.waitForTimeout(200);
    assert.deepEqual((await events(chat, 'shown')).map(({ notice }) => notice), ['ai-interaction', 'privacy']);
    const hidden = await open(`${base}/hidden`);
    await hidden.waitForFunction(() => globalThis.candorEvents.some(([type]) => type === 'decision'));
    await hidden.waitForTimeout(300);
    assert.deepEqual(await events(hidden, 'shown'), []);
  });

  it('stays when deep-chat draws itself anew', async () => {
    const chat = await open(base);
    await notice(chat).waitFor();
    await chat.evaluate(() => { document.querySelector('deep-chat').introMessage = { text: 'Again' }; });
    await chat.getByText('Again').waitFor();
    assert.equal(await first(chat), 'candor-notice');
    await chat.evaluate(() => document.querySelector('deep-chat').shadowRoot.querySelector('candor-notice').remove());
    await notice(chat).waitFor();
    assert.equal(await first(chat), 'candor-notice');
  });

  it('finds a chat that comes later, and one that takes its place', async () => {
    const chat = await open(`${base}/late`);
    const add = () => chat.evaluate(async () => {
      await import('/deep-chat/deepChat.bundle.js');
      document.querySelector('deep-chat')?.remove();
      document.body.append(document.createElement('deep-chat'));
    });
    await add();
    await notice(chat).waitFor();
    await add();
    await notice(chat).waitFor();
  });

  it('gives up a place that is taken away again and again, and says so', async () => {
    const chat = await open(base);
    await notice(chat).waitFor();
    await chat.evaluate(async () => {
      const { shadowRoot } = document.querySelector('deep-chat');
      for (let i = 0; i < 12; i++) {
        shadowRoot.querySelector('candor-notice')?.remove();
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    });
    assert.deepEqual((await events(chat, 'error')).map(({ code }) => code), ['suppressed']);
  });

  it('leaves the conversation alone', async () => {
    const chat = await open(base);
    await notice(chat).waitFor();
    await chat.locator('#text-input').fill('Hello');
    await chat.keyboard.press('Enter');
    await chat.getByText('Hello there').waitFor();
    assert.equal(await chat.locator('.ai-message').last().innerText(), 'Hello there');
    assert.equal(await chat.locator('.user-message').count(), 1);
    const fitting = await chat.evaluate(() => {
      const host = document.querySelector('deep-chat');
      return host.shadowRoot.querySelector('#input').getBoundingClientRect().bottom <= host.getBoundingClientRect().bottom;
    });
    assert.ok(fitting, 'the composer stays inside the chat');
  });

  it('goes when a person takes over, and comes back with the AI', async () => {
    const chat = await open(base);
    await notice(chat).waitFor();
    await chat.evaluate(() => globalThis.mounted.update({ answeredBy: 'human' }));
    await notice(chat).waitFor({ state: 'detached' });
    await chat.evaluate(() => globalThis.mounted.update({ answeredBy: 'ai' }));
    await notice(chat).waitFor();
    await chat.waitForFunction(() => globalThis.candorEvents.filter(([type, { notice }]) => type === 'shown' && notice === 'ai-interaction').length === 2);
  });

  it('keeps its room where another notice stands, under a press too', async () => {
    const chat = await open(`${base}/apart`);
    await chat.until(() => document.querySelectorAll('candor-notice').length === 2);
    const moved = await watchShifts(chat);
    await chat.evaluate(() => globalThis.mounted.update({ answeredBy: 'human' }));
    await chat.until(() => document.querySelectorAll('candor-notice').length === 1);
    assert.deepEqual(await moved(), []);
    // The line that says who speaks comes a little later, and takes its own room.
    await chat.until(() => document.querySelector('candor-status')?.shadowRoot.textContent);
    await chat.evaluate(() => document.querySelector('button').addEventListener('click', () => (globalThis.sent = true)));
    const { x, y } = await chat.locator('button').boundingBox();
    await chat.mouse.move(x + 5, y + 5);
    await chat.mouse.down();
    await moved();
    await chat.mouse.up();
    assert.ok(await chat.evaluate(() => globalThis.sent), 'what is pressed does not move away');
    await moved();
    assert.ok((await chat.locator('button').boundingBox()).y < y, 'then its room is given back');
    await chat.evaluate(() => {
      for (const answeredBy of ['ai', 'human']) globalThis.mounted.update({ answeredBy });
      globalThis.mounted.unmount();
    });
    assert.equal(await chat.locator('#chat').innerHTML(), '<header></header><ol></ol><button>Send</button>', 'nothing is left of it');
  });

  it('labels the AI\'s messages and no person\'s', async () => {
    const chat = await open(`${base}/cn`);
    await notice(chat).waitFor();
    const label = (index) => chat.locator('.ai-message').nth(index).evaluate((element) => getComputedStyle(element, '::before').content);
    await chat.waitForFunction(() => globalThis.mounted.decision.marks.some(({ id }) => id === 'visible-label'));
    assert.match(await label(0), /AI/);
    await chat.evaluate(() => globalThis.mounted.update({ answeredBy: 'human' }));
    await chat.evaluate(() => document.querySelector('deep-chat').addMessage({ text: 'I am Mina', role: 'ai' }));
    await chat.getByText('I am Mina').waitFor();
    assert.deepEqual([await label(0) !== 'none', await label(1)], [true, 'none']);
    await chat.evaluate(() => globalThis.mounted.update({ answeredBy: 'ai' }));
    await chat.evaluate(() => document.querySelector('deep-chat').addMessage({ text: 'Back again', role: 'ai' }));
    await chat.getByText('Back again').waitFor();
    assert.deepEqual([await label(1), await label(2) !== 'none'], ['none', true]);
    assert.equal(await chat.locator('.ai-message').nth(2).innerText(), 'Back again');
    await screenshot(chat, 'labels');
  });
});

describe('other hosts', () => {
  it('places by selectors', async () => {
    const chat = await open(`${base}/light`);
    await chat.locator('#chat > header + candor-notice').waitFor();
  });

  it('stands once, in the first slot of the decision that the host has', async () => {
    for (const [address, where] of [['/slots', 'header'], ['/headless', 'ol']]) {
      const chat = await open(base + address);
      await chat.locator(`#chat ${where} candor-notice`).waitFor();
      assert.equal(await chat.locator('candor-notice [role=note]').filter({ hasText: 'AI system' }).count(), 1);
    }
  });

  it('reports a notice that no slot can carry', async () => {
    const chat = await open(`${base}/slotless`);
    await chat.waitForFunction(() => globalThis.candorEvents.some(([type]) => type === 'error'));
    assert.equal((await events(chat, 'error'))[0].code, 'no-slot');
  });

  it('takes everything away on unmount', async () => {
    const chat = await open(base);
    await notice(chat).waitFor();
    const left = await chat.evaluate(() => {
      globalThis.mounted.unmount();
      const { shadowRoot } = document.querySelector('deep-chat');
      return [shadowRoot.querySelectorAll('candor-notice').length, shadowRoot.adoptedStyleSheets.length, getComputedStyle(shadowRoot.querySelector('#container')).paddingTop];
    });
    assert.deepEqual(left, [0, 1, '0px']);
  });
});

describe('the look', () => {
  const looks = {
    wide: { viewport: { width: 1200, height: 700 } },
    narrow: { viewport: { width: 360, height: 640 } },
    dark: { colorScheme: 'dark' },
    'zoom-200': { viewport: { width: 640, height: 360 }, deviceScaleFactor: 2 },
    'forced-colours': { forcedColors: 'active' },
  };
  for (const [name, options] of Object.entries(looks)) {
    it(`holds ${name}`, async () => {
      const address = await site({
        pages: { '/': page(`<style>:root{color-scheme:light dark}deep-chat{display:block;width:100%!important;color-scheme:light dark;background:Canvas!important}</style>${deepChatElement}${mounting(inGermany)}`) },
      });
      const chat = await open(address, options);
      await notice(chat).waitFor();
      const inside = await notice(chat).evaluate((element) => element.scrollWidth <= element.clientWidth && document.documentElement.scrollWidth <= globalThis.innerWidth);
      assert.ok(inside, 'nothing is cut off');
      await screenshot(chat, `notice-${name}`);
    });
  }
});
