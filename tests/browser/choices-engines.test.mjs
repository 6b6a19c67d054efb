// What a choice must do in every engine that is there: be kept, be heard in the other tabs at once, and take away what it refuses. The shop is
// served on names under `localhost`, so that cookies have subdomains.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pages } from './choices-site.mjs';
import { engines } from './engines.mjs';
import { shop } from './origins.mjs';

const { port } = new URL(await shop({ pages }));
const base = `http://127.0.0.1:${port}`;
const unasked = { basket: 'unasked', stats: 'unasked', ads: 'unasked' };
const refused = { basket: 'unasked', stats: 'denied', ads: 'denied' };

const button = ([host, part]) => document.querySelector(host)?.shadowRoot.querySelector(`[part=${part}]`);
const press = (page, host, part) => page.click(button, [host, part]);
const stands = (page, id, standing) => page.until(([purpose, wanted]) => globalThis.candor?.mounted?.decision?.consent.purposes[purpose].standing === wanted, [id, standing]);
const prompted = () => !!document.querySelector('candor-choices');
/** Where the person stands, and what ran. The gates have been told by then. */
const state = async (page) => {
  await page.until(() => globalThis.candor?.mounted?.decision);
  return page.evaluate(() => new Promise((resolve) => globalThis.candor.onConsent(({ purposes }) => setTimeout(() => resolve({
    ran: ['ads', 'stats'].filter((id) => globalThis[id]),
    standing: Object.fromEntries(Object.entries(purposes).map(([id, { standing }]) => [id, standing])),
  }), 50))));
};
/** Until what was chosen is in IndexedDB too. */
const kept = (page, state) => page.until(async (wanted) => {
  if (!(await indexedDB.databases()).some(({ name }) => name === 'candor')) return false;
  return new Promise((resolve) => {
    indexedDB.open('candor').onsuccess = ({ target: { result } }) => {
      result.transaction('records').objectStore('records').get('candor.choices').onsuccess = ({ target }) => {
        result.close();
        resolve(target.result?.record.purposes.ads.state === wanted);
      };
    };
  });
}, state);

const damaged = {
  'cut off': '{"n":1,"record":{"at":"20', 'of another kind': '[1,2]', 'null': 'null',
  'with control characters': '{"n":9,"record":{"at":"\\u0000","purposes":{"ads":"\\u0007"}}}',
  'nonsense inside': '{"n":9,"record":{"at":{"x":1},"purposes":{"ads":{"state":["granted"]},"stats":7}}}',
};

for (const { name, missing, open } of engines) {
  describe(`choices in ${name}`, { skip: missing, concurrency: false }, () => {
    it('nothing is stored before one; a refusal survives a reload, a new tab, an upgrade and a damaged store', async () => {
      const page = await open(`${base}/us`);
      await state(page);
      await page.goto(`${base}/`);
      assert.deepEqual(await state(page), { ran: [], standing: unasked });
      assert.deepEqual(await page.evaluate(async () => [localStorage.length, globalThis.sessionStorage.length, (await indexedDB.databases()).length, document.cookie]), [0, 0, 0, '']);
      await press(page, 'candor-choices', 'reject-all');
      await stands(page, 'ads', 'denied');
      await kept(page, 'denied');
      await page.goto(`${base}/?again`);
      assert.deepEqual(await state(page), { ran: [], standing: refused });
      assert.equal(await page.evaluate(prompted), false);
      assert.deepEqual(await state(await page.tab(`${base}/`)), { ran: [], standing: refused }, 'in a new tab');

      // Where the law lets it run unasked, only what is remembered of the refusal keeps it closed.
      for (const [damage, text] of Object.entries(damaged)) {
        await page.evaluate((entry) => localStorage.setItem('candor.choices', entry), text);
        await page.goto(`${base}/us?${encodeURIComponent(damage)}`);
        assert.deepEqual((await state(page)).ran, [], damage);
      }
      await page.evaluate(() => localStorage.clear());
      await page.goto(`${base}/us?cleared`);
      await stands(page, 'ads', 'denied');
      await page.evaluate(async () => {
        localStorage.setItem('candor.choices', '{"v":1,"at":"2026-11-19T09:00:00Z","purposes":{"ads":"denied","stats":{"state":"denied"}},"via":"opt-out"}');
        await new Promise((resolve) => {
          indexedDB.open('candor').onsuccess = ({ target: { result } }) => {
            result.transaction('records', 'readwrite').objectStore('records').clear().onsuccess = () => resolve(result.close());
          };
        });
      });
      await page.goto(`${base}/us?first-version`);
      assert.deepEqual(await state(page), { ran: [], standing: refused }, 'as the first version stored it');
      await page.close();
    });

    for (const [way, path] of [['BroadcastChannel', '/'], ['the storage event alone', '/no-channel']]) {
      it(`two tabs agree within 200 ms, by ${way}`, async () => {
        const first = await open(base + path);
        const second = await first.tab(base + path);
        await Promise.all([first, second].map(state));
        const measured = [];
        for (const [from, to, acts, wanted] of [
          [first, second, [['candor-choices', 'reject-all']], 'denied'],
          [second, first, [['candor-ways', 'choose'], ['candor-centre', 'accept-all']], 'granted'],
          [first, second, [['candor-ways', 'withdraw']], 'withdrawn'],
        ]) {
          const listen = (page) => page.evaluate((standing) => {
            globalThis.at = undefined;
            addEventListener('candor:decision', ({ detail }) => {
              if (detail.consent.purposes.ads.standing === standing) globalThis.at ??= Date.now();
            });
          }, wanted);
          await Promise.all([listen(from), listen(to)]);
          for (const [host, part] of acts) await press(from, host, part);
          const acted = await from.until(() => globalThis.at);
          const followed = await to.until(() => globalThis.at);
          measured.push(followed - acted);
          assert.equal(await to.evaluate(prompted), false);
        }
        process.stdout.write(`# ${name}, ${way}: the other tab follows after ${measured.join(', ')} ms\n`);
        assert.ok(Math.max(...measured) <= 200, `${measured} ms`);
        await first.close();
      });
    }

    it('after withdrawal, what the services left is gone, by name, path and parent domain; all else stays', async () => {
      const page = await open(`http://www.acme.localhost:${port}/shop/deep/page`);
      await press(page, 'candor-choices', 'accept-all');
      await page.until(() => globalThis.ads && globalThis.stats);
      await page.evaluate(() => {
        for (const cookie of ['_vc=1', '_vc_2=1;path=/shop', '_vc_3=1;path=/shop/;domain=acme.localhost', '_vc_4=1;domain=www.acme.localhost', 'visits=1;path=/shop/deep', 'visits=2;path=/',
          'ad_id=1;domain=acme.localhost;path=/', 'ad_ident=1', 'basket=1;path=/', '_other=1']) document.cookie = cookie;
        for (const area of [localStorage, globalThis.sessionStorage]) for (const entry of ['vc:1', 'vc:2', 'xvc:1', 'cart']) area.setItem(entry, '1');
        return new Promise((resolve) => (indexedDB.open('vc:base').onsuccess = ({ target }) => resolve(target.result.close())));
      });
      const left = () => page.evaluate(() => document.cookie.split('; ').map((pair) => pair.split('=')[0]).sort());
      assert.deepEqual(await left(), ['_other', '_vc', '_vc_2', '_vc_3', '_vc_4', 'ad_id', 'ad_ident', 'basket', 'visits', 'visits']);
      await press(page, 'candor-ways', 'withdraw');
      await stands(page, 'ads', 'withdrawn');
      await page.until(async () => !(await indexedDB.databases()).some(({ name }) => name === 'vc:base'));
      assert.deepEqual(await left(), ['_other', 'ad_ident', 'basket']);
      assert.deepEqual(await page.evaluate(() => [localStorage, globalThis.sessionStorage].map((area) => Object.keys(area).sort())), [['candor.choices', 'cart', 'xvc:1'], ['cart', 'xvc:1']]);
      await kept(page, 'denied');
      await page.evaluate(() => (document.cookie = '_vc=again'));
      await page.goto(`http://www.acme.localhost:${port}/shop/deep/page?again`);
      await stands(page, 'ads', 'withdrawn');
      await page.until(() => !document.cookie.includes('_vc'));
      assert.deepEqual((await state(page)).ran, []);
      await page.close();
    });
  });
}
