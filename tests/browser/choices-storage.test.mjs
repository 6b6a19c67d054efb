// Where choices are kept, in the cases that only Chromium can be brought into: never a yes out of a no. choices-engines.test.mjs has the others.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { answer, base, decided, kept, prompt, shop, standingOf, stands, state, tab, ways } from './choices-page.mjs';
import { open } from './support.mjs';

const unasked = { ran: [], standing: { basket: 'unasked', stats: 'unasked', ads: 'unasked' } };
const refused = { ran: [], standing: { basket: 'unasked', stats: 'denied', ads: 'denied' } };
const stored = (page) => page.evaluate(() => JSON.parse(localStorage.getItem('candor.choices')));

/** Refuses, and waits until that is kept. */
async function refuse(page) {
  await answer(page, 'Reject all').click();
  await stands(page, 'ads', 'denied');
  await kept(page);
}

describe('tabs', () => {
  it('lose none of the writes that they make at once', async () => {
    const first = await open(`${base}/blank`);
    const second = await first.context().newPage();
    await second.goto(`${base}/blank`);
    const write = (page, name) => page.evaluate(async (tabName) => {
      const { localStore } = await import('/dist/widget.js');
      const store = localStore('many');
      for (let i = 0; i < 100; i++) await store.write({ at: '2026-11-20T09:00:00Z', purposes: { [tabName]: 'denied' } });
    }, name);
    await Promise.all([write(first, 'a'), write(second, 'b')]);
    const count = await first.evaluate(() => new Promise((resolve) => {
      const request = indexedDB.open('candor');
      request.onsuccess = () => {
        request.result.transaction('records').objectStore('records').get('many').onsuccess = ({ target }) => resolve(target.result.n);
      };
    }));
    assert.ok(count >= 200, `${count} of 200 acts are counted`);
  });

  it('that choose at the same moment end up with the same record, in every place', async () => {
    for (let round = 0; round < 5; round++) {
      const first = await shop();
      const second = await tab(first);
      const press = (page, part) => page.evaluate((name) => document.querySelector('candor-choices').shadowRoot.querySelector(`[part=${name}]`).click(), part);
      await Promise.all(round % 2 ? [press(first, 'accept-all'), press(second, 'reject-all')] : [press(first, 'reject-all'), press(second, 'accept-all')]);
      await first.waitForTimeout(400);
      const [a, b] = [await standingOf(first, 'ads'), await standingOf(second, 'ads')];
      assert.equal(a, b);
      await kept(first);
      await first.reload();
      await decided(first);
      assert.equal(await standingOf(first, 'ads'), a);
      await first.context().close();
    }
  });

  it('follow a choice that was made while they were frozen', async () => {
    const first = await shop();
    const second = await tab(first, '/', () => {
      delete globalThis.BroadcastChannel;
      addEventListener('storage', (event) => event.stopImmediatePropagation(), { capture: true });
    });
    await refuse(first);
    await second.waitForTimeout(300);
    assert.equal(await standingOf(second, 'ads'), 'unasked', 'it heard nothing');
    await second.evaluate(() => globalThis.dispatchEvent(new globalThis.PageTransitionEvent('pageshow', { persisted: true })));
    await stands(second, 'ads', 'denied');
  });
});

describe('a refusal survives', () => {
  it('the loss of localStorage, which is restored', async () => {
    const page = await shop();
    await refuse(page);
    await page.evaluate(() => localStorage.clear());
    await page.reload();
    await stands(page, 'ads', 'denied');
    assert.deepEqual(await state(page), refused);
    assert.ok(await stored(page));
  });

  it('the loss of IndexedDB', async () => {
    const page = await shop();
    await refuse(page);
    await page.addInitScript(() => Object.defineProperty(globalThis, 'indexedDB', { get() { throw new globalThis.DOMException('denied', 'SecurityError'); } }));
    await page.reload();
    await decided(page);
    assert.deepEqual(await state(page), refused);
  });

  it('a damaged copy in localStorage: IndexedDB still knows it', async () => {
    const page = await shop('/us');
    await ways(page).getByRole('button', { name: 'Opt out' }).click();
    await stands(page, 'ads', 'denied');
    await kept(page);
    await page.evaluate(() => localStorage.setItem('candor.choices', '{'));
    await page.reload();
    await stands(page, 'ads', 'denied');
  });

  it('and a grant is not taken from the older copy where the newer one is damaged', async () => {
    const page = await shop();
    await answer(page, 'Accept all').click();
    await stands(page, 'ads', 'granted');
    await kept(page);
    await page.evaluate(() => localStorage.setItem('candor.choices', '{'));
    await page.reload();
    await prompt(page).waitFor();
    assert.deepEqual(await state(page), unasked);
    // Asked again, it is kept again.
    await answer(page, 'Accept all').click();
    await page.waitForFunction(() => globalThis.ads);
    await kept(page);
    await page.reload();
    await page.waitForFunction(() => globalThis.ads);
  });
});

describe('where storage fails', () => {
  it('denied altogether: the choice holds for the page, and is asked for again', async () => {
    const page = await shop('/', { prepare: () => {
      for (const name of ['localStorage', 'sessionStorage', 'indexedDB'])
        Object.defineProperty(globalThis, name, { get() { throw new globalThis.DOMException('denied', 'SecurityError'); } });
    } });
    await answer(page, 'Accept all').click();
    await page.waitForFunction(() => globalThis.ads && globalThis.stats);
    await page.reload();
    await prompt(page).waitFor();
    assert.deepEqual(await state(page), unasked);
    assert.deepEqual(page.seen.errors, []);
  });

  it('in a sandboxed frame, whose origin has no storage', async () => {
    const page = await open(`${base}/blank`);
    await page.evaluate((address) => {
      const frame = document.createElement('iframe');
      frame.sandbox.add('allow-scripts');
      frame.src = address;
      document.body.append(frame);
    }, base);
    const frame = page.frameLocator('iframe');
    // A file of the rulebook may not be read from there, so the choice itself does not matter: nothing is thrown.
    await page.waitForTimeout(500);
    assert.ok(await frame.locator('h1').count());
    assert.deepEqual(page.seen.errors, []);
  });

  it('a full quota: a withdrawal is kept, and no older yes is left', async () => {
    const page = await shop();
    await answer(page, 'Accept all').click();
    await page.waitForFunction(() => globalThis.ads);
    await kept(page);
    await page.evaluate(() => {
      for (let size = 2 ** 22, i = 0; size >= 1; i++) try {
        localStorage.setItem(`x${i}`, 'x'.repeat(size));
      } catch {
        size = Math.floor(size / 2);
      }
      globalThis.Storage.prototype.setItem = () => { throw new globalThis.DOMException('full', 'QuotaExceededError'); };
    });
    await ways(page).getByRole('button', { name: 'Withdraw consent' }).click();
    await stands(page, 'ads', 'withdrawn');
    await kept(page);
    assert.equal(await stored(page), null);
    await page.reload();
    await stands(page, 'ads', 'withdrawn');
    assert.deepEqual((await state(page)).ran, []);
  });

  it('a full disk: IndexedDB cannot write, localStorage does', async () => {
    const page = await shop();
    const client = await page.context().newCDPSession(page);
    await client.send('Storage.overrideQuotaForOrigin', { origin: base, quotaSize: 1 });
    await answer(page, 'Reject all').click();
    await stands(page, 'ads', 'denied');
    await page.reload();
    await decided(page);
    assert.deepEqual(await state(page), refused);
    assert.deepEqual(page.seen.errors, []);
  });

  it('a clock that goes an hour back: the later act holds, not the later time', async () => {
    const page = await open('about:blank');
    await page.clock.setFixedTime('2026-11-24T10:00:00Z');
    await page.goto(base);
    await answer(page, 'Accept all').click();
    await stands(page, 'ads', 'granted');
    await kept(page);
    await page.clock.setFixedTime('2026-11-24T09:00:00Z');
    await ways(page).getByRole('button', { name: 'Withdraw consent' }).click();
    await stands(page, 'ads', 'withdrawn');
    await kept(page);
    for (const clear of [false, true]) {
      if (clear) await page.evaluate(() => localStorage.clear());
      await page.reload();
      await stands(page, 'ads', 'withdrawn');
      assert.deepEqual((await state(page)).ran, []);
    }
  });
});

describe('a cookie for all subdomains', () => {
  it('carries the choice from one to the other, Lax, and is written by a choice alone', async () => {
    const page = await open('about:blank');
    const forward = (route) => route.fetch({ url: route.request().url().replace(/^http:\/\/[^/]+/, base) }).then((response) => route.fulfill({ response }));
    await page.route(/acme\.example/, forward);
    const read = (write) => page.evaluate(async (record) => {
      const { cookieStore } = await import('/dist/widget.js');
      const store = cookieStore({ domain: 'acme.example' });
      if (record) await store.write(record);
      return store.read();
    }, write);
    const record = { at: '2026-11-20T09:00:00Z', purposes: { ads: 'denied' } };
    await page.goto('http://www.acme.example/blank');
    assert.equal(await read(), undefined);
    assert.deepEqual(await page.context().cookies(), []);
    assert.deepEqual(await read(record), record);
    await page.goto('http://shop.acme.example/blank');
    assert.deepEqual(await read(), record);
    const [cookie] = await page.context().cookies();
    assert.deepEqual([cookie.domain, cookie.sameSite, cookie.path, cookie.secure], ['.acme.example', 'Lax', '/', false]);
  });
});
