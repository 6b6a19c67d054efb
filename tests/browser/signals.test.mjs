// Signals: what vendors are told, in which order and in exactly which words. The pages stand for the tags: they record every call.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { engines } from './engines.mjs';
import { root, shop } from './origins.mjs';

const { load, regionDefaults } = await import(`${root}dist/widget.js`);
const deployment = {
  operator: { name: 'Acme GmbH' },
  channels: { shop: { type: 'website' } },
  purposes: [
    { id: 'extras', kind: 'functional' }, { id: 'mine', kind: 'personalisation' }, { id: 'stats', kind: 'statistics' },
    { id: 'ads', kind: 'advertising', shared: true }, { id: 'track', kind: 'cross-site-tracking', shared: true },
  ],
};
/** The vendors' own snippets, without the request for their files. */
const tags = `
window.dataLayer = window.dataLayer || []; function gtag() { dataLayer.push(arguments); } gtag('js', 'now'); gtag('config', 'G-1');
window.uetq = window.uetq || [];
!function (f, n) { if (f.fbq) return; n = f.fbq = function () { n.callMethod ? n.callMethod.apply(n, arguments) : n.queue.push(arguments); };
  if (!f._fbq) f._fbq = n; n.push = n; n.loaded = !0; n.version = '2.0'; n.queue = []; }(window);
fbq('init', '1'); fbq('track', 'PageView');`;
const page = ({ place = 'DE', head = '', tag = '', gated = false }) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>
<link rel="icon" href="data:,">${place && `<meta name="candor-place" content="${place}">`}<script>globalThis.told = []; addEventListener('candor:consent', ({ detail }) => told.push(detail));</script>
${head}<script ${gated ? 'type="text/plain" data-candor="stats"' : ''}>${tags}; globalThis.tagsRan = true</script></head><body>
<script src="/dist/candor.iife.js" data-config="/candor.json" data-channel="shop" ${tag}></script></body></html>`;
const site = await shop({
  pages: {
    '/': ({ searchParams }) => page(JSON.parse(searchParams.get('page'))), '/candor.json': JSON.stringify(deployment),
    // Later than the decision.
    '/dist/candor.signals.js': async () => {
      await sleep(700);
      return readFileSync(`${root}dist/candor.signals.js`);
    },
  },
});
const address = (parts) => `${site}/?page=${encodeURIComponent(JSON.stringify(parts))}`;
const head = (attributes) => `<script src="/dist/candor.head.js" ${attributes}></script>`;
const button = (part) => document.querySelector('candor-choices')?.shadowRoot.querySelector(`[part~=${part}]`);
const said = () => ({
  google: (globalThis.dataLayer ?? []).map((entry) => (Object.prototype.toString.call(entry) === '[object Arguments]' ? [...entry] : entry)),
  microsoft: globalThis.uetq ?? [],
  meta: (globalThis.fbq?.queue ?? []).map((entry) => [...entry]),
});
const all = (state) => ({
  ad_storage: state, ad_user_data: state, ad_personalization: state, analytics_storage: state, functionality_storage: state, personalization_storage: state,
  security_storage: 'granted',
});
const chosen = (state) => ({ event: 'candor_consent', candor: { extras: state, mine: state, stats: state, ads: state, track: state } });
const tagsSaid = [['js', 'now'], ['config', 'G-1']];
const defaults = [['consent', 'default', { ...all('denied'), wait_for_update: 500 }], ['set', 'ads_data_redaction', true]];

for (const { name, missing, open } of engines) {
  describe(`signals in ${name}`, { skip: missing, concurrency: false }, () => {
    it('say their defaults before any tag, and once what was chosen', async () => {
      const page = await open(address({ head: head('data-signals="google microsoft meta data-layer"') }));
      await page.until(() => globalThis.told.length === 1);
      assert.deepEqual(await page.evaluate(said), {
        google: [...defaults, ...tagsSaid, ['consent', 'update', all('denied')], chosen('denied')],
        microsoft: ['consent', 'default', { ad_storage: 'denied' }],
        meta: [['consent', 'revoke'], ['init', '1'], ['track', 'PageView']],
      });
      await page.click(button, 'accept-all');
      await page.until(() => globalThis.told.length === 2);
      await sleep(200);
      assert.deepEqual(await page.evaluate(said), {
        google: [...defaults, ...tagsSaid, ['consent', 'update', all('denied')], chosen('denied'), ['consent', 'update', all('granted')], chosen('granted')],
        microsoft: ['consent', 'default', { ad_storage: 'denied' }, 'consent', 'update', { ad_storage: 'granted' }],
        meta: [['consent', 'revoke'], ['init', '1'], ['track', 'PageView'], ['consent', 'grant']],
      });
      await page.goto(address({ head: head('data-signals="meta"') }));
      await page.until(() => globalThis.told.length === 1);
      assert.deepEqual((await page.evaluate(said)).meta, [['consent', 'revoke'], ['init', '1'], ['track', 'PageView'], ['consent', 'grant']], 'revoked on every page until it is known');
      await page.close();
    });
  });
}

const [{ missing, open }] = engines;
describe('signals', { skip: missing, concurrency: false }, () => {
  it('asked for at the tag that decides, they are told before a gated tag runs', async () => {
    const page = await open(address({ gated: true, tag: 'data-signals="google meta"' }));
    await page.until(() => globalThis.dataLayer?.length === 3);
    await page.click(button, 'accept-all');
    await page.until(() => globalThis.tagsRan);
    await sleep(200);
    const { google, meta } = await page.evaluate(said);
    assert.deepEqual(google, [...defaults, ['consent', 'update', all('denied')], ['consent', 'update', all('granted')], ...tagsSaid]);
    assert.deepEqual(meta, [['consent', 'grant'], ['init', '1'], ['track', 'PageView']]);
    await page.close();
  });

  it('a gate that is open from the start waits for its vendor to be told', async () => {
    const page = await open(address({ place: 'US-TX', gated: true, tag: 'data-signals="google meta"' }));
    await page.until(() => globalThis.tagsRan);
    const { google, meta } = await page.evaluate(said);
    assert.deepEqual(google, [...defaults, ['consent', 'update', all('granted')], ...tagsSaid]);
    assert.deepEqual(meta, [['consent', 'grant'], ['init', '1'], ['track', 'PageView']]);
    await page.close();
  });

  it('nothing is told, and no file loaded, where nobody asked', async () => {
    const page = await open(address({}));
    await page.until(() => globalThis.told.length === 1);
    const { google, microsoft } = await page.evaluate(said);
    assert.deepEqual([google, microsoft], [tagsSaid, []]);
    const files = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => /candor\.(signals|guard|cmp|tcf|gpp|embeds|head)/.test(name)));
    assert.deepEqual(files, []);
    await page.close();
  });

  it('an opt-out by Global Privacy Control is told as a no', async () => {
    const page = await open(address({ place: 'US-CA', head: head('data-signals="google data-layer"') }));
    await page.until(() => globalThis.told.length === 1);
    await page.evaluate(() => globalThis.candor.mounted.update({ gpc: true }));
    await page.until(() => globalThis.told.length === 2);
    const updates = (await page.evaluate(said)).google.filter((entry) => entry[1] === 'update').map(([, , states]) => [states.ad_storage, states.ad_personalization]);
    assert.deepEqual(updates, [['granted', 'granted'], ['denied', 'denied']]);
    await page.close();
  });

  it('where only Google knows the region, its defaults are what the engine decides for each', async () => {
    const file = (path) => readFileSync(`${root}dist/${path}`);
    const engine = await load({ wasm: file('candor.wasm'), rules: file('rules.pack'), locales: [file('locales/en.pack')], deployment });
    const regions = regionDefaults(engine, ['DE', 'FR', 'US-TX'], { channel: 'shop' });
    assert.deepEqual(regions, [{ region: ['DE', 'FR'], ...all('denied') }, { region: ['US-TX'], ...all('granted') }]);
    const options = JSON.stringify({ google: { regions, waitForUpdate: 800, redact: false, passThrough: true } }).replaceAll('"', '&quot;');
    const page = await open(address({ place: '', head: head(`data-signals="${options}"`) }));
    await page.until(() => globalThis.told.length === 1);
    await sleep(200);
    const started = [
      ['consent', 'default', { ...all('denied'), wait_for_update: 800 }],
      ['consent', 'default', { ...all('denied'), region: ['DE', 'FR'], wait_for_update: 800 }],
      ['consent', 'default', { ...all('granted'), region: ['US-TX'], wait_for_update: 800 }],
      ['set', 'url_passthrough', true], ...tagsSaid,
    ];
    assert.deepEqual((await page.evaluate(said)).google, started, 'no update over the defaults before a choice');
    await page.click(button, 'reject-all');
    await page.until(() => globalThis.told.length === 2);
    assert.deepEqual((await page.evaluate(said)).google, [...started, ['consent', 'update', all('denied')]]);
    await page.close();
  });

  it('the typed API calls back once a purpose is granted, and at each change', async () => {
    const page = await open(address({}));
    await page.until(() => globalThis.told.length === 1);
    await page.evaluate(() => {
      globalThis.calls = [];
      globalThis.candor.whenGranted('stats', () => globalThis.calls.push('stats'));
      globalThis.candor.whenGranted('ads', () => globalThis.calls.push('never'))();
      globalThis.candor.onConsent(({ purposes, places }) => globalThis.calls.push(`${purposes.ads.state} ${places.includes('DE')}`));
    });
    await page.click(button, 'accept-all');
    await page.until(() => globalThis.calls.length === 3);
    await sleep(200);
    assert.deepEqual(await page.evaluate(() => globalThis.calls), ['denied true', 'granted true', 'stats']);
    await page.close();
  });
});
