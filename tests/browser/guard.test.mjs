// The guard: scripts that nobody gated reach no host of a service that is not granted, whichever of the three ways they try.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { engines } from './engines.mjs';
import { shop, thirdParty } from './origins.mjs';

const third = await thirdParty();
// Another host than the shop's: the guard knows hosts, not ports.
const declared = third.base.replace('127.0.0.1', 'localhost');
const deployment = {
  operator: { name: 'Acme GmbH' }, channels: { shop: { type: 'website' } },
  purposes: [{ id: 'stats', kind: 'statistics', services: [{ id: 'counter', hosts: ['localhost'] }] }, { id: 'ads', kind: 'advertising' }],
};
const page = (tag) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,"><meta name="candor-place" content="DE">
<script>globalThis.told = []; for (const type of ['consent', 'error']) addEventListener('candor:' + type, ({ detail }) => told.push([type, detail]));</script></head>
<body><script src="/dist/candor.iife.js" data-config="/candor.json" data-channel="shop" ${tag}></script></body></html>`;
const site = await shop({ pages: { '/': page('data-guard'), '/open': page(''), '/candor.json': JSON.stringify(deployment), '/own': 'own' } });

/** Everything a script can try; what it sees. */
const tries = async (base) => {
  const xhr = (...of) => new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.onload = () => resolve('load');
    request.onerror = () => resolve('error');
    request.open('GET', ...of);
    request.setRequestHeader('accept', 'text/plain');
    request.send();
  });
  const thrown = (run) => {
    try {
      run();
      return 'sent';
    } catch ({ name }) {
      return name;
    }
  };
  const synchronous = new XMLHttpRequest();
  synchronous.open('GET', `${base}/synchronous.json`, false);
  return {
    fetch: await fetch(`${base}/fetch.json`).then(({ status }) => status, ({ name }) => name),
    request: await fetch(new Request(`${base}/request.json`, { method: 'POST', body: 'x' })).then(({ status }) => status, ({ name }) => name),
    xhr: await xhr(`${base}/xhr.json`), synchronous: thrown(() => synchronous.send()),
    beacon: navigator.sendBeacon(new URL(`${base}/beacon.json`), 'x'),
    own: await fetch('/own').then((response) => response.text()),
  };
};
const files = ['beacon.json', 'fetch.json', 'request.json', 'synchronous.json', 'xhr.json'];
const refused = { fetch: 'TypeError', request: 'TypeError', xhr: 'error', synchronous: 'NetworkError', beacon: false, own: 'own' };
const passed = { fetch: 200, request: 200, xhr: 'load', synchronous: 'sent', beacon: true, own: 'own' };
const decided = (page) => page.until(() => globalThis.told.some(([type]) => type === 'consent'));

for (const { name, missing, open } of engines) {
  describe(`the guard in ${name}`, { skip: missing, concurrency: false }, () => {
    it('refuses what is not granted and says so once, and lets pass what is', async () => {
      const page = await open(site);
      await decided(page);
      assert.deepEqual(await page.evaluate(tries, declared), refused);
      await sleep(200);
      // What stands before some requests, the browser's own question whether they may be sent, is one of them too.
      assert.deepEqual(third.asked(), []);
      assert.deepEqual(await page.evaluate(() => globalThis.told.filter(([type]) => type === 'error').map(([, { code, message }]) => [code, message])), [
        ['request-blocked', 'a request to `localhost` waits for `stats`']]);
      assert.deepEqual(await page.evaluate(tries, third.base), passed, 'a host that nobody declared');
      await sleep(200);
      third.asked();
      await page.click(() => document.querySelector('candor-choices')?.shadowRoot.querySelector('[part~=accept-all]'));
      await page.until(() => globalThis.told.filter(([type]) => type === 'consent').length === 2);
      assert.deepEqual(await page.evaluate(tries, declared), passed);
      await sleep(200);
      assert.deepEqual([...new Set(third.asked())], files);
      await page.evaluate(() => globalThis.candor.mounted.unmount());
      assert.ok(await page.evaluate(() => /native code/.test(fetch.toString()) && /native code/.test(XMLHttpRequest.prototype.send.toString())));
      await page.close();
    });
  });
}

describe('without the guard', { skip: engines[0].missing }, () => {
  it('nothing is put in the place of the page’s own functions', async () => {
    const page = await engines[0].open(`${site}/open`);
    await decided(page);
    assert.deepEqual(await page.evaluate(tries, declared), passed);
    await page.close();
  });
});
