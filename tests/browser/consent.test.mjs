// The prompt and the gates, in one file built by `candor build`, under a strict policy with Trusted Types.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { built, events, open, screenshot, site } from './support.mjs';

const folder = built({
  operator: { name: 'Acme GmbH' },
  channels: { shop: { type: 'website' } },
  purposes: [{ id: 'stats', kind: 'statistics' }, { id: 'ads', kind: 'advertising', shared: true }],
  links: { privacy: { url: 'https://acme.example/privacy' } },
  places: ['DE', 'US-CA'],
  languages: ['en'],
});
const policy = "script-src 'nonce-n' 'strict-dynamic'; require-trusted-types-for 'script'; default-src 'self'";
const page = (place, body = '') => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title><meta name="viewport" content="width=device-width">
<meta name="candor-place" content="${place}"></head><body><main><h1>Shop</h1><input id="field" autofocus></main>${body}
<script nonce="n" type="text/plain" data-candor="ads">globalThis.ran = [...(globalThis.ran ?? []), 'first']</script>
<script nonce="n" type="text/plain" data-candor="ads" src="/site/slow.js"></script>
<script nonce="n" type="text/plain" data-candor="ads">globalThis.ran.push('third')</script>
<script nonce="n" type="text/plain" data-candor="stats">globalThis.counted = true</script>
<script nonce="n" type="text/plain" data-candor="unheard-of">globalThis.undeclared = true</script>
<script nonce="n" src="/site/candor.one.js" data-channel="shop"></script></body></html>`;
const base = await site({
  pages: { '/': page('DE'), '/us': page('US-CA'), '/site/slow.js': "globalThis.ran.push('second')" },
  folders: { '/site/': folder },
  headers: { 'content-security-policy': policy },
});

const prompt = (shop) => shop.locator('candor-choices section');
const centre = (shop) => shop.locator('candor-centre dialog');
const button = (shop, name) => prompt(shop).getByRole('button', { name });
const state = (shop) => shop.evaluate(() => ({ ran: globalThis.ran, counted: globalThis.counted, undeclared: globalThis.undeclared, stored: localStorage.length }));
const nothing = { ran: undefined, counted: undefined, undeclared: undefined, stored: 0 };

describe('the prompt', () => {
  it('asks, with nothing stored and nothing started before the choice', async () => {
    const shop = await open(base);
    await prompt(shop).waitFor();
    await shop.waitForTimeout(200);
    assert.deepEqual(await state(shop), nothing);
    assert.deepEqual(await shop.context().cookies(), []);
    assert.equal(await shop.evaluate(() => document.activeElement.id), 'field');
    assert.deepEqual(shop.seen.violations, []);
    await screenshot(shop, 'prompt');
  });

  it('offers rejecting and accepting alike, and choosing with nothing switched on', async () => {
    const shop = await open(base);
    const [reject, accept] = await Promise.all(['Reject all', 'Accept all'].map((name) => button(shop, name).evaluate((element) => {
      const { width, height, y } = element.getBoundingClientRect();
      const { color, backgroundColor, fontWeight, fontSize, borderColor } = getComputedStyle(element);
      return { width, height, y, color, backgroundColor, fontWeight, fontSize, borderColor };
    })));
    assert.deepEqual(reject, accept);
    assert.ok(reject.height >= 44);
    await button(shop, 'Choose').click();
    assert.deepEqual(await centre(shop).getByRole('switch').evaluateAll((boxes) => boxes.map(({ checked }) => checked)), [false, false]);
    await screenshot(shop, 'prompt-choices');
  });

  it('starts scripts in the order of the page after Accept, and remembers', async () => {
    const shop = await open(base);
    await button(shop, 'Accept all').click();
    await shop.waitForFunction(() => globalThis.ran?.length === 3 && globalThis.counted);
    assert.deepEqual(await state(shop), { ran: ['first', 'second', 'third'], counted: true, undeclared: undefined, stored: 1 });
    assert.deepEqual(shop.seen.violations, []);
    assert.deepEqual((await events(shop, 'choice')).map(({ type, trusted }) => [type, trusted]), [['accept-all', true]]);
    await shop.reload();
    await shop.waitForFunction(() => globalThis.ran?.length === 3);
    assert.equal(await prompt(shop).count(), 0);
  });

  it('keeps everything closed after Reject, and does not ask again', async () => {
    const shop = await open(base);
    await button(shop, 'Reject all').click();
    await shop.waitForFunction(() => localStorage.length === 1);
    await shop.reload();
    await shop.waitForFunction(() => globalThis.candorEvents.some(([type]) => type === 'decision'));
    await shop.waitForTimeout(200);
    assert.equal(await prompt(shop).count(), 0);
    assert.deepEqual(await state(shop), { ...nothing, stored: 1 });
  });

  it('opens what was switched on alone', async () => {
    const shop = await open(base);
    await button(shop, 'Choose').click();
    await centre(shop).getByRole('switch').first().check();
    await centre(shop).getByRole('button', { name: 'Save choices' }).click();
    await shop.waitForFunction(() => globalThis.counted);
    assert.equal((await state(shop)).ran, undefined);
  });

  it('reports a purpose that nobody declared', async () => {
    const shop = await open(base);
    await prompt(shop).waitFor();
    assert.ok((await events(shop, 'error')).some(({ code, message }) => code === 'purpose-undeclared' && message.includes('unheard-of')));
  });

  it('works where storage is denied: the choice holds for the page', async () => {
    const shop = await open('about:blank');
    await shop.addInitScript(() => {
      for (const name of ['localStorage', 'indexedDB']) Object.defineProperty(globalThis, name, { get() { throw new globalThis.DOMException('denied', 'SecurityError'); } });
    });
    await shop.goto(base);
    await button(shop, 'Accept all').click();
    await shop.waitForFunction(() => globalThis.ran?.length === 3);
    await shop.reload();
    await prompt(shop).waitFor();
  });

  it('stands again when the page is emptied', async () => {
    const shop = await open(base);
    await prompt(shop).waitFor();
    await shop.evaluate(() => document.body.replaceChildren());
    await prompt(shop).waitFor();
  });

  it('is not modal: the page can be used', async () => {
    const shop = await open(base, { viewport: { width: 1000, height: 800 } });
    await prompt(shop).waitFor();
    await shop.locator('#field').fill('shoes');
    await shop.locator('#field').focus();
    const visited = [];
    for (let i = 0; i < 10; i++) {
      await shop.keyboard.press('Tab');
      visited.push(await shop.evaluate(() => document.activeElement.localName));
    }
    const entered = visited.indexOf('candor-choices');
    assert.ok(entered >= 0 && visited.slice(entered).some((name) => name !== 'candor-choices'), visited.join());
  });
});

describe('opt-out places', () => {
  it('start without a prompt, and stop for Global Privacy Control', async () => {
    const shop = await open(`${base}/us`);
    await shop.waitForFunction(() => globalThis.ran?.length === 3);
    assert.equal(await prompt(shop).count(), 0);
    const private_ = await open('about:blank');
    await private_.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }));
    await private_.goto(`${base}/us`);
    await private_.waitForFunction(() => globalThis.candorEvents.some(([type]) => type === 'decision'));
    await private_.waitForTimeout(200);
    assert.equal((await state(private_)).ran, undefined);
    assert.equal((await state(private_)).stored, 0);
  });
});

describe('the look', () => {
  for (const [name, options] of Object.entries({ narrow: { viewport: { width: 360, height: 640 } }, dark: { colorScheme: 'dark' }, 'zoom-200': { viewport: { width: 640, height: 360 }, deviceScaleFactor: 2 } })) {
    it(`holds ${name}`, async () => {
      const dark = await site({ pages: { '/': page('DE').replace('<head>', '<head><meta name="color-scheme" content="light dark">') }, folders: { '/site/': folder } });
      const shop = await open(dark, options);
      await prompt(shop).waitFor();
      const box = await prompt(shop).boundingBox();
      const { width, height } = shop.viewportSize();
      assert.ok(box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height);
      await screenshot(shop, `prompt-${name}`);
    });
  }
});

describe('a planned file', () => {
  const planned = (place) => page(place).replace('candor.one.js', 'candor.plan.js');
  it('asks without the engine, which comes with the choices behind the prompt', async () => {
    const address = await site({ pages: { '/': planned('DE'), '/site/slow.js': "globalThis.ran.push('second')" }, folders: { '/site/': folder }, headers: { 'content-security-policy': policy } });
    const shop = await open(address);
    await button(shop, 'Choose').click();
    await centre(shop).getByRole('switch').first().check();
    await centre(shop).getByRole('button', { name: 'Save choices' }).click();
    await shop.waitForFunction(() => globalThis.counted);
    assert.equal((await state(shop)).ran, undefined);
    await shop.locator('candor-ways').getByRole('button', { name: 'Withdraw consent' }).click();
    await shop.locator('candor-reload').getByRole('button', { name: 'Reload' }).waitFor();
    await shop.reload();
    await shop.waitForFunction(() => globalThis.candorEvents.filter(([type]) => type === 'decision').length > 0);
    await shop.waitForTimeout(300);
    assert.equal((await state(shop)).counted, undefined);
    assert.equal(await prompt(shop).count(), 0);
    assert.deepEqual(shop.seen.violations.filter((violation) => !violation.startsWith('script-src wasm-eval')), []);
  });
});
