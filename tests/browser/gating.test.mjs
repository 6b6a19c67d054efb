// Gates, with a third party that counts what it is asked for: nothing before a choice, nothing after a refusal, afterwards exactly what was
// allowed. In every engine that is there.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { engines } from './engines.mjs';
import { shop, thirdParty } from './origins.mjs';

const third = await thirdParty();
const deployment = {
  operator: { name: 'Acme GmbH' },
  channels: { shop: { type: 'website' } },
  purposes: [
    { id: 'stats', kind: 'statistics', services: [{ id: 'counter', name: 'Counter', hosts: ['127.0.0.1'] }] },
    { id: 'ads', kind: 'advertising', shared: true, services: [{ id: 'tube', name: 'Tube', recipient: 'Tube LLC', hosts: ['127.0.0.1'] }] },
  ],
};
const record = `globalThis.order = []; globalThis.told = [];
for (const type of ['decision', 'consent', 'choice', 'error']) addEventListener('candor:' + type, ({ detail }) => told.push([type, detail]));`;
const inline = (name) => `globalThis.order.push(${JSON.stringify(name)})`;
const page = (place, body, tag = '') => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title><meta name="candor-place" content="${place}">
<link rel="icon" href="data:,"><script>${record}</script></head><body><h1>Shop</h1>${body}
<script src="/dist/candor.iife.js" data-config="/candor.json" data-channel="shop" ${tag}></script></body></html>`;
const everything = `
<script type="text/plain" data-candor="ads">${inline('first')}</script>
<script type="text/plain" data-candor="ads" src="${third.base}/slow.js?slow"></script>
<script type="text/plain" data-candor="ads">${inline('third')}</script>
<script type="text/plain" data-candor="ads" data-candor-type="module" src="${third.base}/module.mjs"></script>
<script type="text/plain" data-candor="stats" src="${third.base}/stats.js"></script>
<script type="text/plain" data-candor="unheard-of" src="${third.base}/undeclared.js"></script>
<img alt="" width="1" height="1" data-candor="stats" data-src="${third.base}/pixel.gif">
<img alt="" width="9" height="9" data-candor="ads" data-srcset="${third.base}/picture.gif 1x">
<link rel="stylesheet" data-candor="stats" data-href="${third.base}/style.css">
<iframe title="A film" width="400" height="225" data-candor="ads" data-src="${third.base}/film.html"></iframe>
<iframe width="0" height="0" style="display:none" data-candor="ads" data-src="${third.base}/hidden.html"></iframe>
<video data-candor="ads" data-poster="${third.base}/poster.gif" width="40" height="30"></video>`;
const ofAds = ['film.html', 'hidden.html', 'module.mjs', 'picture.gif', 'poster.gif', 'slow.js'];
const ofStats = ['pixel.gif', 'stats.js', 'style.css'];
const site = await shop({
  pages: {
    '/': ({ searchParams }) => page(searchParams.get('place') ?? 'DE', searchParams.get('body') ?? everything, searchParams.get('tag') ?? ''),
    '/candor.json': JSON.stringify(deployment),
  },
});
const address = (parts) => `${site}/?${new URLSearchParams(parts)}`;
const quiet = () => sleep(500);
const prompted = () => document.querySelector('candor-choices')?.shadowRoot.querySelector('section');
const promptButton = (part) => document.querySelector('candor-choices')?.shadowRoot.querySelector(`[part~=${part}]`);
const placeOf = (title) => [...document.querySelectorAll('candor-embed')].find((host) => host.nextElementSibling?.title === title)?.shadowRoot;
const asked = async (wanted) => {
  const end = Date.now() + 10_000;
  while (third.requests.length < wanted.length && Date.now() < end) await sleep(50);
  await quiet();
  assert.deepEqual(third.asked(), [...wanted].sort());
};

/** Waits until these were asked for anew. Images may come from memory; frames do not. */
const loadedAgain = async (wanted) => {
  const end = Date.now() + 10_000;
  while (!wanted.every((name) => third.requests.includes(name)) && Date.now() < end) await sleep(50);
  await quiet();
  const asked = third.asked();
  assert.deepEqual(wanted.filter((name) => !asked.includes(name)), [], 'loaded again');
};

for (const { name, missing, open } of engines) {
  describe(`gates in ${name}`, { skip: missing, concurrency: false }, () => {
    it('nothing is asked of a third party before a choice, nor after a refusal', async () => {
      const page = await open(address({}));
      await page.until(prompted);
      await quiet();
      assert.deepEqual(third.asked(), []);
      await page.click(promptButton, 'reject-all');
      await page.until(() => !document.querySelector('candor-choices') && globalThis.told.some(([type]) => type === 'choice'));
      await quiet();
      await page.goto(address({ again: 1 }));
      await page.until(() => globalThis.told.some(([type]) => type === 'consent'));
      await quiet();
      assert.deepEqual(third.asked(), []);
      assert.deepEqual(await page.evaluate(() => globalThis.order), []);
      await page.close();
    });

    it('after Accept it is asked for everything that was declared, once, in the order of the page', async () => {
      const page = await open(address({}));
      await page.click(promptButton, 'accept-all');
      await asked([...ofAds, ...ofStats]);
      const order = await page.evaluate(() => globalThis.order);
      assert.deepEqual(order, ['first', 'slow.js', 'third', 'module.mjs', 'stats.js']);
      const errors = await page.evaluate(() => globalThis.told.filter(([type]) => type === 'error').map(([, { code, message }]) => `${code} ${message}`));
      assert.equal(errors.filter((error) => error.startsWith('purpose-undeclared') && error.includes('`unheard-of`')).length, 1, errors.join('\n'));
      assert.equal(await page.evaluate(() => document.querySelectorAll('candor-embed').length), 0);
      await page.close();
    });

    it('elements that come later are met alike', async () => {
      const page = await open(address({ body: ' ' }));
      await page.until(prompted);
      const add = (markup) => document.body.append(document.createRange().createContextualFragment(markup));
      await page.evaluate(add, everything);
      await quiet();
      assert.deepEqual(third.asked(), []);
      await page.click(promptButton, 'accept-all');
      await asked([...ofAds, ...ofStats]);
      await page.evaluate(add, everything.replaceAll(third.base, `${third.base}/later`));
      await asked([...ofAds, ...ofStats].map((file) => `later/${file}`));
      await page.close();
    });

    it('the place of an embed says what would load and from whom, and allows its purpose alone', async () => {
      const page = await open(address({}));
      const text = await page.until((title) => [...document.querySelectorAll('candor-embed')].find((host) => host.nextElementSibling?.title === title)?.shadowRoot.textContent, 'A film');
      assert.match(text, /A film.*Comes from.*127\.0\.0\.1, Tube LLC.*Adverts.*Allow: Adverts/s);
      const box = await page.evaluate(() => {
        const { width, height } = document.querySelector('candor-embed').getBoundingClientRect();
        return [width, height, getComputedStyle(document.querySelector('iframe')).display];
      });
      assert.deepEqual(box, [404, 229, 'none']);
      assert.deepEqual(third.asked(), []);
      await page.click(`(title) => (${placeOf})(title)?.querySelector('button')`, 'A film');
      await asked(ofAds);
      assert.equal(await page.evaluate(() => document.querySelectorAll('candor-embed').length), 0);
      assert.equal(await page.evaluate(() => document.activeElement.title), 'A film');
      assert.ok(await page.evaluate(prompted), 'the other purpose is still asked for');
      await page.close();
    });

    it('nothing waits where the law asks for no consent beforehand', async () => {
      const page = await open(address({ place: 'US-TX' }));
      await asked([...ofAds, ...ofStats]);
      assert.equal(await page.evaluate(() => !!document.querySelector('candor-choices')), false);
      await page.close();
    });

    it('what is an embed or an object is opened as a frame in its place, with nothing that would run there', async () => {
      const body = `<embed title="A map" class="wide" width="300" height="200" data-candor="ads" data-src="${third.base}/map.html" onload="order.push('onload')" srcdoc="<script>parent.order.push('srcdoc')</script>">
        <object title="A plan" type="text/html" width="300" height="200" data-candor="ads" data-data="${third.base}/plan.html">Old</object>
        <embed title="Loads already" width="300" height="200" data-candor="ads" src="${third.base}/loose.html">`;
      const page = await open(address({ body }));
      await page.until(() => document.querySelectorAll('candor-embed').length === 2);
      await asked(['loose.html']);
      await page.click(promptButton, 'accept-all');
      await asked(['map.html', 'plan.html']);
      assert.deepEqual(await page.evaluate(() => [[...document.querySelectorAll('embed, object, candor-embed')].map(({ title }) => title), ...[...document.querySelectorAll('iframe')].map((frame) => [
        frame.title, frame.className, frame.width, frame.getBoundingClientRect().width > 290, frame.hasAttribute('onload'), frame.hasAttribute('srcdoc')])]),
      [['Loads already'], ['A map', 'wide', '300', true, false, false], ['A plan', '', '300', true, false, false]]);
      assert.deepEqual(await page.evaluate(() => globalThis.order), []);
      await page.close();
    });

    it('a gate that closes again empties frames and takes images away', async () => {
      const page = await open(address({ place: 'US-CA' }));
      await asked([...ofAds, ...ofStats]);
      await page.evaluate(() => globalThis.candor.mounted.update({ gpc: true }));
      await page.until((title) => [...document.querySelectorAll('candor-embed')].some((host) => host.nextElementSibling?.title === title), 'A film');
      const left = await page.evaluate(() => Object.fromEntries([...document.querySelectorAll('iframe[title], img[data-srcset], video')].map((element) => [
        element.localName, [element.getAttribute('src') ?? element.getAttribute('srcset') ?? element.getAttribute('poster'), element.contentDocument?.body?.textContent ?? ''],
      ])));
      assert.deepEqual(left, { iframe: [null, ''], img: [null, ''], video: [null, ''] });
      await page.evaluate(() => globalThis.candor.mounted.update({ gpc: undefined }));
      await page.until(() => !document.querySelector('candor-embed') && document.querySelector('iframe').src);
      // What gates load again may be on its way when the markup says so: the next case must not count it.
      await loadedAgain(['film.html', 'hidden.html']);
      await page.close();
    });

    it('neither markup that poses as an address nor document.write gets through, and what was never gated is said', async () => {
      const body = `<iframe title="Bad" width="90" height="90" data-candor="ads" data-src="javascript:globalThis.order.push('bad')"></iframe>
        <img alt="" data-candor="ads" src="${third.base}/loose.gif">
        <script type="text/plain" data-candor="ads">document.write('<p>gone</p>'); ${inline('written')}</script>`;
      const page = await open(address({ body }));
      await page.click(promptButton, 'accept-all');
      await page.until(() => globalThis.order.length);
      await quiet();
      assert.deepEqual(await page.evaluate(() => [globalThis.order, document.querySelector('h1')?.textContent, document.querySelector('iframe').getAttribute('src')]), [['written'], 'Shop', null]);
      const codes = await page.evaluate(() => globalThis.told.filter(([type]) => type === 'error').map(([, { code }]) => code).sort());
      assert.deepEqual(codes, ['document-write', 'gate-bypassed', 'gate-refused']);
      assert.deepEqual(third.asked(), ['loose.gif']);
      await page.close();
    });

    it('scripts with `async` hold up none', async () => {
      const body = `<script async type="text/plain" data-candor="ads" src="${third.base}/slow.js?slow"></script><script type="text/plain" data-candor="ads">${inline('quick')}</script>`;
      const page = await open(address({ body }));
      await page.click(promptButton, 'accept-all');
      await page.until(() => globalThis.order.length === 2);
      assert.deepEqual(await page.evaluate(() => globalThis.order), ['quick', 'slow.js']);
      third.asked();
      await page.close();
    });
  });
}
