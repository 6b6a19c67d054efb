// Gates, signals, the guard and a registered platform under strict content security policies: everything works, without one violation.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import { engines } from './engines.mjs';
import { root, shop, thirdParty } from './origins.mjs';
import { built } from './site.mjs';

const third = await thirdParty();
const folder = built({
  operator: { name: 'Acme GmbH' }, channels: { shop: { type: 'website' } },
  purposes: [
    { id: 'stats', kind: 'statistics', services: [{ id: 'counter', name: 'Counter', hosts: ['localhost'] }] },
    { id: 'ads', kind: 'advertising', services: [{ id: 'tube', name: 'Tube', recipient: 'Tube LLC', hosts: ['127.0.0.1'] }] },
  ],
  places: ['DE'], languages: ['en'],
});
const { outputFiles: [{ text: platform }] } = await build({
  stdin: {
    resolveDir: root, loader: 'js',
    contents: "import { CmpApi as Gpp, SignalStatus } from '@iabgpp/cmpapi'; const api = new Gpp(10, 1); api.setApplicableSections([7]); api.setFieldValue('usnat', 'SaleOptOut', 1); api.setSignalStatus(SignalStatus.READY);",
  },
  bundle: true, write: false, format: 'iife', logLevel: 'error',
});

const other = third.base;
/** The policies of measured pages, with the third party where the operator's own policy has to name it. */
const policies = {
  "script-src 'self'": `script-src 'self' ${other}`,
  'nonce and strict-dynamic': "script-src 'nonce-n' 'strict-dynamic'",
  "default-src 'none'": `default-src 'none'; script-src 'self' ${other}; frame-src ${other}; img-src ${other}`,
  "default-src 'none' with wasm": `default-src 'none'; script-src 'self' 'wasm-unsafe-eval' ${other}; frame-src ${other}; img-src ${other}`,
  'Trusted Types': `require-trusted-types-for 'script'; trusted-types 'none'; script-src 'self' 'wasm-unsafe-eval' ${other}`,
  'Trusted Types and strict-dynamic': "require-trusted-types-for 'script'; trusted-types 'none'; script-src 'nonce-n' 'strict-dynamic'; style-src 'none'",
};
/** Refused tries that another way follows: compiling WebAssembly, and fetching what can be imported. And what the browser does by itself. */
const tried = /^(script-src wasm-eval|connect-src )|\/favicon\.ico /;
const file = (name) => `<script nonce="n" src="/${name}"></script>`;
const page = ({ script, head = '', cmp = false }) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title><meta name="candor-place" content="${cmp ? 'US-CA' : 'DE'}">
${file('watch.js')}${cmp ? file('platform.js') : ''}${head}</head><body><h1>Shop</h1>
<script nonce="n" type="text/plain" data-candor="ads" src="${other}/first.js"></script>
<script nonce="n" type="text/plain" data-candor="ads" data-candor-type="module" src="${other}/module.mjs"></script>
<iframe title="A film" width="400" height="225" data-candor="ads" data-src="${other}/film.html"></iframe>
<embed title="A map" width="300" height="200" data-candor="ads" data-src="${other}/map.html">
<img alt="" data-candor="stats" data-src="${other}/pixel.gif">
<script nonce="n" src="/candor/${script}" data-channel="shop"></script></body></html>`;
const watch = `globalThis.told = []; globalThis.order = []; globalThis.violations = [];
addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) => violations.push(effectiveDirective + ' ' + blockedURI + ' ' + sample));
for (const type of ['consent', 'error']) addEventListener('candor:' + type, ({ detail }) => told.push([type, detail]));
addEventListener('error', ({ message }) => message && told.push(['uncaught', { code: message }])); `;

/** In Chromium from every file; in the other engines from the one that runs under any policy. */
const runs = engines.flatMap(({ name, missing, open }) => (name === 'Chromium' ? ['candor.one.js', 'candor.plan.js', 'candor.js'] : ['candor.one.js']).map((script) => ({ name: `${name}, ${script}`, missing, open, script })));
const head = '<script nonce="n" src="/candor/candor.head.js" data-signals="google microsoft meta data-layer" data-guard></script>';
const button = (part) => document.querySelector('candor-choices')?.shadowRoot.querySelector(`[part~=${part}]`);

for (const [policyName, policy] of Object.entries(policies)) {
  describe(`gates under ${policyName}`, { concurrency: false }, () => {
    for (const { name, missing, open, script } of runs) {
      it(name, { skip: missing }, async () => {
        const site = await shop({
          pages: { '/': page({ script, head }), '/cmp': page({ script, cmp: true }), '/watch.js': watch, '/platform.js': platform, '/favicon.ico': '' },
          folders: { '/candor/': folder }, headers: { 'content-security-policy': policy },
        });
        const tab = await open(site);
        await tab.until((title) => [...document.querySelectorAll('candor-embed')].find((host) => host.nextElementSibling?.title === title)?.shadowRoot.textContent.includes('Tube LLC'), 'A film');
        assert.equal(await tab.evaluate(() => getComputedStyle(document.querySelector('iframe')).display), 'none', 'the style is applied');
        assert.deepEqual(third.asked(), []);
        await tab.click(button, 'accept-all');
        await tab.until(() => globalThis.order.length === 2 && document.querySelector('img').src && document.querySelector('iframe').src);
        await sleep(300);
        assert.deepEqual(third.asked(), ['film.html', 'first.js', 'map.html', 'module.mjs', 'pixel.gif']);
        assert.deepEqual(await tab.evaluate(() => globalThis.order), ['first.js', 'module.mjs']);
        assert.deepEqual(await tab.evaluate(() => globalThis.dataLayer.at(-1).candor), { stats: 'granted', ads: 'granted' });
        assert.deepEqual((await tab.evaluate(() => globalThis.violations)).filter((each) => !tried.test(each)), []);
        assert.deepEqual(await tab.evaluate(() => globalThis.told.filter(([type]) => type !== 'consent').map(([type, { code }]) => `${type} ${code}`)), []);

        if (name.startsWith('Chromium')) {
          await tab.goto(`${site}/cmp`);
          await tab.until(() => globalThis.told.some(([type, { purposes }]) => type === 'consent' && purposes.ads.standing === 'denied'));
          await sleep(300);
          assert.deepEqual(third.asked(), []);
          assert.deepEqual((await tab.evaluate(() => globalThis.violations)).filter((each) => !tried.test(each)), []);
        }
        await tab.close();
      });
    }
  });
}
