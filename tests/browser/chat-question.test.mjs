// The question that a chat asks before the first message, in the real deep-chat and in a chat of plain HTML: the text that was typed stays, the
// backend gets nothing before the answer, and is asked for nothing twice.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { built, deepChatElement as wideChat, events, open, root, screenshot, site } from './support.mjs';

const deepChatElement = wideChat.replace('width:420px', 'width:min(420px,90vw)');
const axe = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');
const deployment = {
  operator: { name: 'Acme GmbH' },
  assistants: { helper: { name: 'Ada' } },
  channels: { chat: { type: 'chat-widget', assistant: 'helper' }, shop: { type: 'website' } },
  purposes: [
    { id: 'record', kind: 'chat-recording', services: [{ id: 'desk', name: 'Desk', recipient: 'Desk Inc.', country: 'US' }] },
    { id: 'learn', kind: 'ai-training' },
  ],
};
const withStatistics = { ...deployment, purposes: [...deployment.purposes, { id: 'stats', kind: 'statistics' }] };
const changedTerms = { ...deployment, purposes: [{ ...deployment.purposes[0], services: [{ id: 'desk', name: 'Desk', recipient: 'Other Inc.', country: 'US' }] }, deployment.purposes[1]] };
const page = (config, chat, { lang = 'en', dir = 'ltr', target = 'deep-chat' } = {}) => `<!doctype html><html lang="${lang}" dir="${dir}"><head><meta charset="utf-8"><title>Help</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><meta name="candor-place" content="DE"></head>
<body><main><h1>Help</h1>${chat}</main><script src="/dist/candor.iife.js" data-config="${config}" data-channel="chat" data-target="${target}"></script></body></html>`;
const form = `<section id="help" style="max-width:420px"><ol aria-label="Messages"></ol><form><textarea aria-label="Message"></textarea><button>Send</button></form></section>
<script>document.querySelector('form').addEventListener('submit', (event) => {
  event.preventDefault();
  const { value } = document.querySelector('textarea');
  document.querySelector('ol').append(Object.assign(document.createElement('li'), { textContent: value }));
  void fetch('/chat', { method: 'POST', body: value });
});
document.querySelector('textarea').addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && !event.shiftKey) { event.preventDefault(); document.querySelector('form').requestSubmit(); }
});</script>`;
const pages = {
  '/candor.json': JSON.stringify(deployment), '/stats.json': JSON.stringify(withStatistics), '/changed.json': JSON.stringify(changedTerms),
  '/': page('/candor.json', deepChatElement), '/stats': page('/stats.json', deepChatElement), '/changed': page('/changed.json', deepChatElement),
  '/small': page('/candor.json', wideChat.replace('width:420px', 'width:290px'), { lang: 'de' }), '/rtl': page('/candor.json', deepChatElement, { lang: 'ar', dir: 'rtl' }), '/form': page('/candor.json', form, { target: '#help' }),
  '/all': `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Help</title><meta name="candor-place" content="DE"></head><body><main>${deepChatElement.replace('<deep-chat', '<deep-chat data-candor-channel="chat"')}</main>
<script type="module">import { mountAll } from '/dist/widget.js'; globalThis.all = mountAll('/stats.json');</script></body></html>`,
};
const base = await site({ pages });

const question = (chat) => chat.locator('candor-question section');
const answer = (chat, name) => question(chat).getByRole('button', { name, exact: true });
const input = (chat) => chat.locator('deep-chat #text-input');
const posted = (chat) => chat.seen.requests.filter((path) => path === '/chat').length;
const standing = (chat) => chat.evaluate(() => Object.fromEntries(Object.entries(globalThis.candor.mounted.decision.consent.purposes).map(([id, { standing: is }]) => [id, is])));
const focused = (chat) => chat.evaluate(() => {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element.id || element.localName;
});

/** Types into the chat, and tries to send by key and by button. */
async function tryToSend(chat) {
  await question(chat).waitFor();
  await input(chat).click();
  await chat.keyboard.type('My order is late');
  await chat.locator('deep-chat .input-button').click();
  await input(chat).click();
  await chat.keyboard.press('Enter');
}

/** Nothing was posted, by when anything would have been: a request of our own that came later has been answered. */
async function nothingPosted(chat) {
  await chat.evaluate(() => fetch('/candor.json?later'));
  assert.equal(posted(chat), 0);
}

describe('the question in deep-chat', () => {
  it('holds the message back and keeps the text; once accepted it is sent, once, and after a reload nothing is asked', async () => {
    const chat = await open(base);
    await tryToSend(chat);
    await nothingPosted(chat);
    assert.equal(await input(chat).innerText(), 'My order is late');
    assert.equal(await focused(chat), 'text-input', 'the focus stays where it was');
    assert.match(await question(chat).getByRole('status').innerText(), /kept/);
    assert.match(await question(chat).innerText(), /Recording chats.*Desk.*Desk Inc\..*United States.*Training AI/s);
    assert.equal(await chat.locator('candor-choices').count(), 0, 'the page asks for nothing of it');
    assert.equal(await chat.evaluate(() => localStorage.length), 0, 'nothing is stored before the answer');

    await answer(chat, 'Accept').click();
    await question(chat).waitFor({ state: 'detached' });
    assert.deepEqual(await standing(chat), { record: 'granted', learn: 'granted' });
    assert.equal(await input(chat).innerText(), 'My order is late');
    assert.equal(await focused(chat), 'text-input', 'ready to send');
    assert.equal(posted(chat), 0, 'the person sends it');
    const answered = chat.waitForResponse((response) => response.url().endsWith('/chat'));
    await chat.keyboard.press('Enter');
    await answered;
    await chat.getByText('Hello there').waitFor();
    assert.equal(posted(chat), 1);

    await chat.reload();
    await chat.waitForFunction(() => globalThis.candorEvents.some(([type]) => type === 'decision'));
    await input(chat).click();
    await chat.keyboard.type('Again');
    await chat.keyboard.press('Enter');
    await chat.getByText('Hello there').waitFor();
    assert.equal(posted(chat), 2);
    assert.equal(await question(chat).count(), 0);
    assert.deepEqual([await events(chat, 'error'), chat.seen.errors], [[], []]);
  });

  it('once declined the chat goes on without it, and the host is told', async () => {
    const chat = await open(base);
    await chat.evaluate(() => addEventListener('candor:consent', ({ detail }) => (globalThis.told = Object.values(detail.purposes).map(({ state, standing: is }) => `${state} ${is}`))));
    await tryToSend(chat);
    await answer(chat, 'Decline').focus();
    await chat.keyboard.press('Enter');
    await question(chat).waitFor({ state: 'detached' });
    assert.deepEqual(await chat.evaluate(() => globalThis.told), ['denied denied', 'denied denied']);
    assert.equal(await focused(chat), 'text-input', 'the keyboard is not lost');
    assert.equal(posted(chat), 0);
    await chat.keyboard.press('Enter');
    await chat.getByText('Hello there').waitFor();
    assert.equal(posted(chat), 1);
    await chat.reload();
    await chat.waitForFunction(() => globalThis.candorEvents.some(([type]) => type === 'decision'));
    assert.deepEqual(await standing(chat), { record: 'denied', learn: 'denied' });
    assert.equal(await question(chat).count(), 0);
  });

  it('is bound to what was answered: changed terms ask again, and hold the message back again', async () => {
    const chat = await open(base);
    await answer(chat, 'Accept').click();
    await question(chat).waitFor({ state: 'detached' });
    await chat.goto(`${base}/changed`);
    await tryToSend(chat);
    await nothingPosted(chat);
    assert.match(await question(chat).innerText(), /Other Inc\./);
    assert.deepEqual(await standing(chat), { record: 'expired', learn: 'expired' });
  });

  it('stands beside the prompt of the page, which asks for the rest; each answers its own, or all', async () => {
    const chat = await open(`${base}/stats`);
    await answer(chat, 'Decline').click();
    await question(chat).waitFor({ state: 'detached' });
    assert.deepEqual(await standing(chat), { record: 'denied', learn: 'denied', stats: 'unasked' });
    await chat.locator('candor-choices').getByRole('button', { name: 'Accept all' }).click();
    await chat.waitForFunction(() => globalThis.candor.mounted.decision.consent.purposes.stats.standing === 'granted');
    const other = await open(`${base}/stats`);
    await question(other).waitFor();
    await other.locator('candor-choices').getByRole('button', { name: 'Reject all' }).click();
    await question(other).waitFor({ state: 'detached' });
    assert.deepEqual(await standing(other), { record: 'denied', learn: 'denied', stats: 'denied' });
  });

  it('stands again when the host empties itself, and in another tab goes with the answer', async () => {
    const chat = await open(base);
    await question(chat).waitFor();
    await chat.evaluate(() => (document.querySelector('deep-chat').introMessage = { text: 'Hello again' }));
    await question(chat).waitFor();
    const other = await chat.context().newPage();
    await other.goto(base);
    await question(other).waitFor();
    await answer(chat, 'Accept').click();
    await question(other).waitFor({ state: 'detached' });
    assert.deepEqual(await standing(other), { record: 'granted', learn: 'granted' });
  });

  it('is asked in the chat also where the page is a channel of its own, which hears the answer', async () => {
    const view = await open(`${base}/all`);
    await view.locator('candor-choices').waitFor();
    await tryToSend(view);
    await nothingPosted(view);
    await answer(view, 'Accept').click();
    await question(view).waitFor({ state: 'detached' });
    await view.waitForFunction(() => ['shop', 'chat'].every((id) => globalThis.all.channels[id].decision.consent.purposes.record.standing === 'granted'));
    assert.equal(await view.locator('candor-choices').count(), 1, 'the page still asks for the rest');
    await input(view).press('Enter');
    await view.getByText('Hello there').waitFor();
    assert.equal(posted(view), 1);
  });
});

describe('the question in a chat of which nothing is known', () => {
  it('holds back what a form would send, and lets it go after the answer', async () => {
    const chat = await open(`${base}/form`);
    await question(chat).waitFor();
    const field = chat.getByLabel('Message', { exact: true });
    await field.fill('Hello');
    await field.press('Enter');
    await chat.getByRole('button', { name: 'Send' }).click();
    await nothingPosted(chat);
    assert.equal(await field.inputValue(), 'Hello');
    await field.press('Shift+Enter');
    assert.equal(await field.inputValue(), 'Hello\n', 'a new line is no sending');
    await answer(chat, 'Accept').click();
    await question(chat).waitFor({ state: 'detached' });
    await chat.getByRole('button', { name: 'Send' }).click();
    await chat.getByRole('listitem').waitFor();
    assert.equal(posted(chat), 1);
  });
});

describe('a policy', () => {
  const folder = built({ ...deployment, places: ['DE'], languages: ['en'] });
  const policies = {
    "script-src 'self'": "script-src 'self'",
    'nonce and strict-dynamic': "script-src 'nonce-n' 'strict-dynamic'",
    "default-src 'none'": "default-src 'none'; script-src 'self'; connect-src 'self'",
    'Trusted Types': "require-trusted-types-for 'script'; trusted-types 'none'; script-src 'nonce-n' 'strict-dynamic'; style-src 'none'",
  };
  for (const [name, policy] of Object.entries(policies)) {
    it(`lets everything work, without a violation: ${name}`, async () => {
      for (const script of ['candor.one.js', 'candor.plan.js']) {
        const address = await site({
          pages: { '/': `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Help</title><meta name="candor-place" content="DE"></head><body><section id="help"><textarea aria-label="Message"></textarea></section>
<script nonce="n" src="/candor/${script}" data-channel="chat" data-target="#help"></script></body></html>` },
          folders: { '/candor/': folder }, headers: { 'content-security-policy': policy },
        });
        const chat = await open(address);
        await answer(chat, 'Accept').click();
        await question(chat).waitFor({ state: 'detached' });
        assert.deepEqual(await standing(chat), { record: 'granted', learn: 'granted' }, script);
        // Refused tries that another way follows: compiling WebAssembly.
        assert.deepEqual(chat.seen.violations.filter((violation) => !violation.startsWith('script-src wasm-eval')), [], script);
        assert.deepEqual(chat.seen.errors, [], script);
      }
    });
  }
});

/** What axe finds in the question, of which it must have looked at something. */
async function faults(chat) {
  if (!await chat.evaluate(() => 'axe' in globalThis)) await chat.evaluate(axe);
  const { violations, passes } = await chat.evaluate(() => globalThis.axe.run({ fromShadowDom: ['deep-chat', 'candor-question'] }));
  assert.ok(passes.some(({ nodes }) => nodes.some(({ target }) => JSON.stringify(target).includes('candor-question'))), 'axe has looked into the question');
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${JSON.stringify(target)}`));
}

describe('the look of the question', () => {
  const widths = { narrow: { width: 320, height: 640 }, middle: { width: 768, height: 1024 }, wide: { width: 1280, height: 800 } };
  for (const [width, viewport] of Object.entries(widths)) {
    for (const colorScheme of ['light', 'dark']) {
      it(`holds ${width}, ${colorScheme}, from left and from right`, async () => {
        for (const [direction, path] of [['ltr', '/'], ['rtl', '/rtl']]) {
          const chat = await open(base + path, { viewport, colorScheme });
          await question(chat).waitFor();
          const title = await question(chat).getByRole('status').innerText();
          await screenshot(chat, `chat-question-${width}-${colorScheme}-${direction}`);
          assert.deepEqual(await faults(chat), [], direction);
          await input(chat).click();
          await chat.keyboard.type('x');
          await chat.keyboard.press('Enter');
          assert.notEqual(await question(chat).getByRole('status').innerText(), title, 'says why it waits');
          assert.deepEqual(await faults(chat), [], direction);
          await screenshot(chat, `chat-question-held-${width}-${colorScheme}-${direction}`);
          const sizes = await question(chat).getByRole('button').evaluateAll((buttons) => buttons.map((button) => {
            const { width: across, height, left, right } = button.getBoundingClientRect();
            return { across, height, inside: left >= 0 && right <= globalThis.innerWidth };
          }));
          assert.equal(sizes.length, 2);
          assert.ok(sizes.every(({ height, inside }) => height >= 44 && inside), JSON.stringify(sizes));
          assert.ok(Math.abs(sizes[0].across - sizes[1].across) < 1, 'the answers are alike');
          await chat.context().close();
        }
      });
    }
  }

  it('asks, begins to say for what, and lets answer in a small chat, beside two notices', async () => {
    const chat = await open(`${base}/small`, { viewport: widths.narrow });
    await question(chat).waitFor();
    await screenshot(chat, 'chat-question-small');
    await chat.emulateMedia({ colorScheme: 'dark' });
    await screenshot(chat, 'chat-question-small-dark');
    const seen = await question(chat).evaluate((section) => {
      const { top, bottom } = section.getRootNode().host.getBoundingClientRect();
      const foot = section.querySelector('div').getBoundingClientRect().top;
      const above = [section.querySelector('[role=status]'), section.querySelector('p:not([role])')];
      const [purpose] = section.querySelectorAll('li');
      const seen = (element, end) => element.getBoundingClientRect().top >= top && element.getBoundingClientRect().bottom <= end;
      return {
        begins: purpose.getBoundingClientRect().top + 8 < foot,
        hidden: [...above.filter((each) => !seen(each, foot)), ...[...section.querySelectorAll('button')].filter((each) => !seen(each, bottom))].map(({ textContent }) => textContent),
        lines: [...section.querySelectorAll('button')].map((button) => {
          const words = document.createRange();
          words.selectNodeContents(button);
          return words.getClientRects().length;
        }),
      };
    });
    assert.deepEqual(seen, { begins: true, hidden: [], lines: [1, 1] });
  });

  it('is met by axe: a planted fault is found', async () => {
    const chat = await open(base);
    await question(chat).waitFor();
    await chat.evaluate(() => document.querySelector('deep-chat').shadowRoot.querySelector('candor-question').shadowRoot.querySelector('section').append(document.createElement('button')));
    assert.match((await faults(chat)).join(), /button-name/);
  });

  it('holds in forced colours and printed', async () => {
    const chat = await open(base, { viewport: widths.narrow, forcedColors: 'active' });
    await question(chat).waitFor();
    await screenshot(chat, 'chat-question-forced');
    const borders = await question(chat).getByRole('button').evaluateAll((buttons) => buttons.map((button) => getComputedStyle(button).borderTopStyle));
    assert.deepEqual(borders, ['solid', 'solid']);
    await chat.emulateMedia({ media: 'print', forcedColors: 'none' });
    await screenshot(chat, 'chat-question-print');
  });
});
