// Several channels and assistants on one page: notices a channel, and one engine, one store and one prompt for all of them.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { events, open, site, until } from './support.mjs';

const deployment = {
  operator: { name: 'Acme GmbH' },
  assistants: { helper: { name: 'Ada' }, expert: { name: 'Bo' } },
  channels: {
    shop: { type: 'website' }, chat: { type: 'chat-widget', assistant: 'helper' }, desk: { type: 'chat-widget', assistant: ['helper', 'expert'] },
    mail: { type: 'email', assistant: 'helper' },
  },
  purposes: [{ id: 'ads', kind: 'advertising', shared: true }],
  links: { privacy: { url: 'https://acme.example/privacy' } },
};
const page = (body, { html = '' } = {}) => `<!doctype html><html lang="en" ${html}><head><meta charset="utf-8"><title>Acme</title><meta name="candor-place" content="DE"></head><body><main>${body}</main>
<script type="text/plain" data-candor="ads">globalThis.ads = true</script></body></html>`;
const chats = '<section data-candor-channel="chat"><p>Hi</p></section><section data-candor-channel="desk"><header>Help</header></section>';
const mounting = (call, imports = 'mountAll') => `<script type="module">import { ${imports} } from '/dist/widget.js'; globalThis.all = ${call};</script>`;
const byAddress = mounting('mountAll("/candor.json")');

const base = await site({
  pages: {
    '/candor.json': JSON.stringify(deployment), '/broken.json': '{',
    '/': page(chats + byAddress), '/later': page(byAddress),
    '/object': page(chats + mounting(`mountAll(${JSON.stringify({ ...deployment, channels: { chat: deployment.channels.chat, desk: deployment.channels.desk } })})`)),
    '/broken': page(chats + mounting('mountAll("/broken.json")')),
    '/receipts': page(chats + mounting('mountAll({ config: "/candor.json", receipts: {} })')),
    '/named': page(chats + mounting(`mountAll(${JSON.stringify({ ...deployment, channels: { ...deployment.channels, blog: { type: 'website' } } })})`), { html: 'data-candor-channel="blog"' }),
    '/given': page(`<div id="one"></div><div id="two"></div>${mounting(`mountAll({ channels: { chat: '#one', desk: document.querySelector('#two') },
      engine: load({ wasm: '/dist/candor.wasm', rules: '/dist/rules.pack', locales: ['/dist/locales/en.pack'], timeout: 10000, deployment: ${JSON.stringify(deployment)} }) })`, 'load, mountAll')}`),
    '/script': page('<div id="chat"></div><script src="/dist/candor.iife.js"></script>'),
  },
});

const notice = (view, channel) => view.locator(`[data-candor-channel="${channel}"] candor-notice [role=note]`).filter({ hasText: 'AI system' });
const both = (view) => Promise.all([notice(view, 'chat').waitFor(), notice(view, 'desk').waitFor()]);
const standing = (view, channel) => view.waitForFunction((id) => globalThis.all.channels[id]?.decision?.consent?.purposes.ads.standing === 'granted', channel);

describe('mountAll', () => {
  it('mounts each channel where the page says: notices in the chats, one prompt, one engine, one configuration', async () => {
    const view = await open(base);
    await both(view);
    await view.locator('candor-choices').waitFor();
    assert.deepEqual(await view.evaluate(() => Object.keys(globalThis.all.channels)), ['shop', 'chat', 'desk']);
    assert.equal(await view.locator('candor-choices').count(), 1);
    assert.equal(await view.locator('candor-ways').count(), 1, 'links and the way back stand once');
    for (const file of ['/candor.json', '/dist/candor.wasm', '/dist/rules.pack']) assert.equal(view.seen.requests.filter((path) => path === file).length, 1, file);
    assert.deepEqual([await events(view, 'error'), view.seen.errors], [[], []]);
  });

  it('takes a choice for all of them, remembers it for all of them, and writes one chain of receipts', async () => {
    const view = await open(`${base}/receipts`);
    assert.equal(await view.evaluate(() => globalThis.ads), undefined);
    await view.locator('candor-choices').getByRole('button', { name: 'Accept all' }).click();
    await view.waitForFunction(() => globalThis.ads);
    for (const channel of ['shop', 'chat', 'desk']) await standing(view, channel);
    await until(view, async () => (await globalThis.candor.receipts.export()).split('"type":"chosen"').length === 2);
    const shown = await until(view, async () => {
      const lines = (await globalThis.candor.receipts.export()).trim().split('\n').map((line) => JSON.parse(line)).filter(({ type }) => type === 'shown');
      const channels = new Set(lines.map(({ channel }) => channel));
      return channels.has('chat') && channels.has('desk') && { chains: new Set(lines.map(({ chain }) => chain)).size };
    });
    assert.equal(shown.chains, 1);
    await view.reload();
    for (const channel of ['shop', 'chat', 'desk']) await standing(view, channel);
    assert.equal(await view.locator('candor-choices').count(), 0);
  });

  it('finds chats that come later and those that come back, and takes all away', async () => {
    const view = await open(`${base}/later`);
    await view.locator('candor-choices').waitFor();
    assert.deepEqual(await view.evaluate(() => Object.keys(globalThis.all.channels)), ['shop']);
    const add = () => view.evaluate(() => {
      document.querySelector('section')?.remove();
      document.querySelector('main').append(Object.assign(document.createElement('section'), { innerHTML: '<p>Hi</p>' }));
      document.querySelector('section').dataset.candorChannel = 'chat';
    });
    for (const time of ['later', 'again']) {
      await add();
      await notice(view, 'chat').waitFor();
      assert.equal(await notice(view, 'chat').count(), 1, time);
    }
    await view.evaluate(() => globalThis.all.unmount());
    assert.equal(await view.locator('candor-notice, candor-choices, candor-ways').count(), 0);
    await add();
    await view.evaluate(() => new Promise(requestAnimationFrame));
    assert.equal(await view.locator('candor-notice').count(), 0, 'nothing is mounted after that');
  });

  it('asks in the first chat where no page is a channel, and on the page that is named where several are', async () => {
    for (const [path, first] of [['/object', 'chat'], ['/named', 'blog']]) {
      const view = await open(base + path);
      await both(view);
      await view.locator('candor-choices').waitFor();
      assert.deepEqual(await view.evaluate(() => Object.keys(globalThis.all.channels)), [...new Set([first, 'chat', 'desk'])]);
      assert.equal(await view.locator('candor-choices').count(), 1);
    }
  });

  it('shows the notice in each chat where the configuration is broken or late, and keeps gates closed', async () => {
    const broken = await open(`${base}/broken`);
    await both(broken);
    assert.ok((await events(broken, 'error')).length);
    const late = await open('about:blank');
    let release;
    const held = new Promise((resolve) => { release = resolve; });
    await late.route('**/candor.json', async (route) => {
      await held;
      await route.continue();
    });
    await late.goto(base);
    await both(late);
    assert.deepEqual(await events(late, 'decision'), []);
    release();
    await late.locator('candor-choices').waitFor();
    await both(late);
    for (const view of [broken, late]) assert.equal(await view.evaluate(() => globalThis.ads), undefined);
  });

  it('takes an engine and the places of the channels as well', async () => {
    const view = await open(`${base}/given`);
    for (const id of ['one', 'two']) await view.locator(`#${id} candor-notice`).first().waitFor();
    assert.equal(await view.locator('candor-choices').count(), 1);
  });
});

describe('a plain script', () => {
  it('offers the same calls, with the files beside it', async () => {
    const view = await open(`${base}/script`);
    assert.deepEqual(await view.evaluate(async () => Object.keys(await import('/dist/widget.js')).filter((name) => !(name in candor))), []);
    await view.evaluate(() => candor.mount('#chat', { config: '/candor.json', channel: 'chat' }));
    await view.locator('#chat candor-notice').first().waitFor();
    await view.waitForFunction(() => globalThis.candorEvents.some(([type]) => type === 'decision'));
    assert.deepEqual(await events(view, 'error'), []);
  });
});
