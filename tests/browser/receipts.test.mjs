// Receipts in Chromium: written, kept, sent to a server of our own that fails first, and what a page does to a notice.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { built, chatDeployment, events, open, root, site } from './support.mjs';

/** The operator's endpoint: takes lines unless `answer` says otherwise. */
async function endpoint() {
  const taken = { lines: [], requests: [], answer: () => 204 };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (bytes) => { body += bytes; });
    request.on('end', () => {
      const headers = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*', 'access-control-allow-methods': 'POST' };
      if (request.method === 'OPTIONS') return response.writeHead(204, headers).end();
      taken.requests.push(request.headers);
      const status = taken.answer(taken.requests.length);
      if (status === 204) taken.lines.push(...body.trim().split('\n').map((line) => JSON.parse(line)));
      return response.writeHead(status, headers).end();
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  after(() => server.closeAllConnections() ?? server.close());
  return Object.assign(taken, { url: `http://127.0.0.1:${server.address().port}/receipt`, close: () => new Promise((resolve) => { server.closeAllConnections(); server.close(resolve); }), server });
}

const shopDeployment = {
  operator: { name: 'Acme GmbH' },
  channels: { shop: { type: 'website' } },
  purposes: [{ id: 'stats', kind: 'statistics' }, { id: 'ads', kind: 'advertising', shared: true }],
  links: { cookies: { url: 'https://acme.example/cookies' }, privacy: { url: 'https://acme.example/privacy' } },
};
const page = (body, head = '') => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Page</title><meta name="viewport" content="width=device-width">
<style>body{min-height:200vh}</style>${head}</head><body>${body}</body></html>`;
const mounting = (deployment, target, options) => `<script type="module">
import { load, mount, bySelectors } from '/dist/widget.js';
const engine = await load({ wasm: '/dist/candor.wasm', twin: '/dist/candor.nowasm.js', rules: '/dist/rules.pack', timeout: 10000,
  locales: ['/dist/locales/en.pack'], deployment: ${JSON.stringify(deployment)} });
const query = new URLSearchParams(location.search);
const place = { selector: '#chat header', at: 'after', inPage: true };
globalThis.mounted = mount(${target}, { engine, situation: { at: '2026-11-20', jurisdictions: ['DE'] }, ...(${options}) });
</script>`;
const receipts = '...(query.has("off") ? {} : { receipts: query.get("url") ? { url: query.get("url"), first: Number(query.get("first") ?? 100), longest: 60000 } : {} })';
const chat = (deployment) => page(`<div id="frame"><div id="chat" style="inline-size:400px"><header>Help</header><p>Hi</p></div></div>${
  mounting(deployment, 'document.querySelector("#chat")', `{ channel: 'chat', host: bySelectors({ 'before-chat': place, 'chat-header': place, 'first-message': place }), ${receipts} }`)}`);
const chatHere = { ...chatDeployment, links: { privacy: { url: '#privacy' } } };
const about = {
  controller: { name: 'Acme GmbH', contact: 'privacy@acme.example', address: '1 Road, Berlin' }, personalData: ['https://w3id.org/dpv/pd#DeviceIdentifier'],
  storageLocations: ['DE'], retention: 'P13M', recipients: ['Acme Analytics'], withdrawal: 'https://acme.example/choices',
};
const base = await site({
  pages: {
    '/shop': page('<main><h1>Shop</h1></main>' + mounting(shopDeployment, 'document', `{ channel: 'shop', ${receipts} }`)),
    '/about': page(mounting(shopDeployment, 'document', `{ channel: 'shop', receipts: { about: ${JSON.stringify(about)} } }`)),
    '/us': page(mounting(shopDeployment, 'document', `{ channel: 'shop', situation: { at: '2026-11-20', jurisdictions: ['US-CA'] }, receipts: {} }`) + `<script type="module">
import { load } from '/dist/widget.js';
import { recorder } from '/dist/receipts.js';
const engine = await load({ wasm: '/dist/candor.wasm', rules: '/dist/rules.pack', timeout: 10000, locales: ['/dist/locales/en.pack'], deployment: ${JSON.stringify(shopDeployment)} });
globalThis.optOut = () => {
  const { decision, record } = engine.consent({ at: '2026-11-20', jurisdictions: ['US-CA'], channel: 'shop' }, { type: 'opt-out', now: '2026-11-20T09:00:00Z' });
  const { see } = recorder({});
  const mount = { channel: 'shop', element: () => document.body, report: (issue) => { throw new Error(issue.message); } };
  see({ type: 'decision', detail: decision }, Date.now(), mount);
  see({ type: 'choice', detail: { type: 'opt-out', record, trusted: true } }, Date.now(), mount);
};
</script>`),
    '/help': chat(chatHere),
    '/hex': chat({ ...chatHere, platforms: ['hex'] }),
    '/empty': page(''),
  },
});

const button = (shop, name) => shop.locator('candor-choices').getByRole('button', { name });
const choose = async (shop, name, { lines = 1 } = {}) => {
  await button(shop, name).click();
  await keeps(shop, (all) => all.lines.length === lines);
};
/** What lies in the store of the browser, and the choice forgotten where that is wanted. */
const kept = (shop, { forgotten = [] } = {}) => shop.evaluate(async (keys) => {
  for (const key of keys) localStorage.removeItem(key);
  if (!(await indexedDB.databases()).some(({ name }) => name === 'candor')) return { lines: [], unsent: [] };
  return new Promise((resolve) => {
    indexedDB.open('candor').onsuccess = ({ target: { result } }) => {
      const store = result.transaction('records', 'readwrite').objectStore('records');
      for (const key of keys) store.delete(key);
      store.get('candor.receipts').onsuccess = ({ target }) => {
        result.close();
        resolve(target.result ?? { lines: [], unsent: [] });
      };
    };
  });
}, forgotten);
const stored = (shop) => shop.evaluate(async () => [localStorage.length, (await indexedDB.databases()).map(({ name }) => name), document.cookie]);
const keeps = async (shop, holds) => {
  for (let i = 0; i < 100 && !holds(await kept(shop)); i++) await shop.waitForTimeout(50);
  assert.ok(holds(await kept(shop)), `${holds}: ${JSON.stringify(await kept(shop))}`);
};
/** The choice is forgotten, the receipts are not. */
const forget = async (shop) => {
  await shop.goto(`${base}/empty`);
  await kept(shop, { forgotten: ['candor.choices'] });
  await shop.goto(`${base}/shop`);
};
const loaded = (shop) => shop.waitForFunction(() => globalThis.candor?.receipts, undefined, { timeout: 5_000 });
const exported = async (shop) => (await shop.evaluate(() => globalThis.candor.receipts.export())).trim().split('\n').filter((line) => line).map((line) => JSON.parse(line));
const written = async (shop, type, count = 1) => {
  for (let i = 0; i < 100; i++) {
    const lines = (await exported(shop)).filter((line) => line.type === type);
    if (lines.length >= count) return lines;
    await shop.waitForTimeout(100);
  }
  throw new Error(`no ${count} lines of ${type} in ${JSON.stringify(await exported(shop))}`);
};
const until = async (holds) => {
  for (let i = 0; i < 100 && !holds(); i++) await new Promise((resolve) => setTimeout(resolve, 100));
  assert.ok(holds(), String(holds));
};
/** `candor receipts --verify`, natively. */
const verified = (lines, status = 0) => {
  const path = join(mkdtempSync(join(tmpdir(), 'candor-receipts-')), 'receipts.jsonl');
  writeFileSync(path, lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''));
  const { status: was, stdout, stderr } = spawnSync(join(root, 'build/native/candor'), ['receipts', '--verify', path], { encoding: 'utf8' });
  assert.equal(was, status, stderr);
  return JSON.parse(stdout);
};
const sorted = (value) => (Array.isArray(value) ? value.map(sorted) : value && typeof value === 'object'
  ? Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])])) : value);

describe('a receipt of a choice', () => {
  it('says what was shown, what was chosen, when and how, and holds on the command line', async () => {
    const shop = await open(`${base}/shop`);
    await loaded(shop);
    await written(shop, 'shown');
    assert.deepEqual(await stored(shop), [0, [], ''], 'nothing is stored before the choice');
    const prompt = (await shop.evaluate(() => globalThis.mounted.decision.notices)).find(({ topic }) => topic === 'consent-prompt');
    const labels = await shop.evaluate(() => Object.values(globalThis.mounted.decision.consent.purposes).map(({ label }) => label ?? ''));
    await choose(shop, 'Accept all');
    const lines = await exported(shop);
    const { value } = verified(lines);
    assert.equal(value.chains.length, 2);
    assert.deepEqual(await shop.evaluate(async (text) => (await globalThis.candor.receipts.verify(text)).errors, lines.map((line) => JSON.stringify(line)).join('\n')), []);

    const [receipt] = lines;
    const { id, lang, text, also, verbatim, actions } = prompt;
    const words = JSON.stringify(sorted({ id, lang, text, labels, also: also.map((each) => ({ lang: each.lang, text: each.text })),
      verbatim: verbatim.map((each) => ({ id: each.id, lang: each.lang, text: each.text })), actions: actions.map(({ label }) => label) }));
    assert.equal(receipt.shown[0].sha256, createHash('sha256').update(words).digest('hex'));
    assert.ok(receipt.shown[0].visible >= 1000, `${receipt.shown[0].visible} ms`);
    const { type, event, trusted, channel, places, day, purposes, gpc } = receipt;
    assert.deepEqual({ type, event, trusted, channel, places, day, gpc }, { type: 'chosen', event: 'accept-all', trusted: true, channel: 'shop', places: ['DE', 'EEA', 'EU'], day: '2026-11-20', gpc: 'absent' });
    assert.match(receipt.rules, /^\d{4}\.\d\d\.\d\d\+/);
    assert.deepEqual(purposes, { stats: { kind: 'statistics', model: 'opt-in', standing: 'granted', state: 'granted' }, ads: { kind: 'advertising', model: 'opt-in', standing: 'granted', state: 'granted' } });
    const { record } = receipt;
    assert.equal(record['@type'], 'dpv:ConsentRecord');
    assert.deepEqual(record['dpv:hasProcess'].map((each) => [each['dct:identifier'], each['dpv:hasPurpose']['@id'], each['dpv:hasConsentStatus']['@id']]),
      [['stats', 'dpv:ServiceUsageAnalytics', 'dpv:ConsentGiven'], ['ads', 'dpv:Advertising', 'dpv:ConsentGiven']]);
    assert.equal(record['dpv:hasConsentControl']['dct:references'], 'https://acme.example/cookies');
    assert.equal('dct:conformsTo' in record, false, 'a receipt without the operator\'s part claims no profile');
    assert.match(record['dpv:hasDataSubject']['dct:identifier'], /^[0-9a-f]{32}$/);
    assert.doesNotMatch(JSON.stringify(lines), /Mozilla|127\.0\.0\.1|Chrome/);
    const shown = lines.find((line) => line.type === 'shown');
    assert.deepEqual(receipt.after.map((each) => each.chain), [shown.chain]);
    assert.deepEqual(shop.seen.errors, []);
  });

  it('hangs on the one before, over reloads and tabs, and broken ones are found', async () => {
    const shop = await open(`${base}/shop`);
    await loaded(shop);
    await choose(shop, 'Reject all');
    for (const [index, name] of ['Accept all', 'Reject all'].entries()) {
      await forget(shop);
      await loaded(shop);
      await choose(shop, name, { lines: index + 2 });
    }
    const tabs = [];
    await forget(shop);
    for (let i = 0; i < 3; i++) {
      const tab = await shop.context().newPage();
      await tab.goto(`${base}/shop`);
      await loaded(tab);
      await button(tab, 'Accept all').waitFor();
      tabs.push(tab);
    }
    // All in the same millisecond, as far as can be.
    const instant = Date.now() + 500;
    await Promise.all(tabs.map((tab) => button(tab, 'Accept all').evaluate(async (accept, at) => {
      await new Promise((resolve) => setTimeout(resolve, at - Date.now()));
      accept.click();
    }, instant)));
    await keeps(shop, ({ lines }) => lines.length >= 6);
    const lines = await exported(shop);
    assert.deepEqual(lines.filter((line) => line.type === 'chosen').map(({ seq, event }) => [seq, event]),
      [[0, 'reject-all'], [1, 'accept-all'], [2, 'reject-all'], [3, 'accept-all'], [4, 'accept-all'], [5, 'accept-all']]);
    verified(lines);
    const texts = lines.map((line) => JSON.stringify(line));
    const broken = {
      altered: [...texts.slice(0, 1), texts[1].replace('accept-all', 'reject-all'), ...texts.slice(2)],
      removed: [...texts.slice(0, 2), ...texts.slice(3)],
      reordered: [texts[1], texts[0], ...texts.slice(2)],
      'bad-json': [texts[0].slice(0, 100), ...texts.slice(1)],
    };
    for (const [code, some] of Object.entries(broken)) {
      assert.ok(verified(some, 2).errors.some((error) => error.code === code), code);
      const { errors } = await shop.evaluate(async (text) => globalThis.candor.receipts.verify(text).then(({ errors }) => ({ errors })), some.join('\n'));
      assert.ok(errors.some((error) => error.code === code), code);
    }
  });

  it('loses no line and forks no chain where two tabs write at once', async () => {
    const first = await open(`${base}/empty`);
    const second = await first.context().newPage();
    await second.goto(`${base}/empty`);
    const write = (tab, name) => tab.evaluate(async (from) => {
      const { localKeeping } = await import('/dist/receipts.js');
      const keeping = localKeeping();
      for (let i = 0; i < 100; i++) await keeping.update(({ lines, unsent }) => ({ lines: [...lines, { from, after: lines.length }], unsent }));
    }, name);
    await Promise.all([write(first, 'a'), write(second, 'b')]);
    const { lines } = await kept(first);
    assert.deepEqual(lines.map(({ after }) => after), [...lines.keys()]);
    assert.deepEqual(['a', 'b'].map((name) => lines.filter(({ from }) => from === name).length), [100, 100]);
  });

  it('names the profile of ISO/IEC TS 27560 once the operator says what no decision holds', async () => {
    const shop = await open(`${base}/about`);
    await loaded(shop);
    await choose(shop, 'Accept all');
    const [{ record }] = await exported(shop);
    assert.equal(record['dct:conformsTo'], 'https://w3id.org/dpv/schema/dpv-27560#record');
    assert.deepEqual(record['dpv:hasDataController'], { '@type': 'dpv:DataController', 'dpv:hasName': 'Acme GmbH', 'dpv:hasContact': 'privacy@acme.example', 'dpv:hasAddress': '1 Road, Berlin' });
    assert.deepEqual([record['dpv:hasStorageCondition'], record['dpv:hasRecipient'], record['dpv:hasPersonalData'], record['dpv:hasConsentControl']['dct:references']],
      [{ 'dpv:hasLocation': ['DE'], 'dpv:hasDuration': 'P13M' }, ['Acme Analytics'], about.personalData, about.withdrawal]);
  });

  it('calls no opt-out a consent', async () => {
    const shop = await open(`${base}/us`);
    await loaded(shop);
    await shop.waitForFunction(() => globalThis.optOut);
    await shop.evaluate(() => globalThis.optOut());
    await keeps(shop, ({ lines }) => lines.length === 1);
    const [{ event, via, purposes, record }] = await exported(shop);
    assert.deepEqual([event, via, purposes.ads.model, purposes.ads.state], ['opt-out', 'opt-out', 'opt-out', 'denied']);
    for (const process of record['dpv:hasProcess']) assert.deepEqual(Object.keys(process).filter((key) => /LegalBasis|ConsentStatus/.test(key)), []);
    assert.deepEqual(shop.seen.errors, []);
  });

  it('is taken back from an export, and only from a sound one', async () => {
    const shop = await open(`${base}/shop`);
    await loaded(shop);
    await choose(shop, 'Reject all');
    const text = await shop.evaluate(() => globalThis.candor.receipts.export());
    await kept(shop, { forgotten: ['candor.choices', 'candor.receipts'] });
    await forget(shop);
    await loaded(shop);
    const imported = (what) => shop.evaluate((given) => globalThis.candor.receipts.import(given).then(() => 'taken', ({ code }) => code), what);
    assert.equal(await imported(text.replace('reject-all', 'accept-all')), 'bad-receipt');
    assert.deepEqual((await kept(shop)).lines, []);
    assert.equal(await imported(text), 'taken');
    assert.equal((await kept(shop)).lines.length, 1);
    await choose(shop, 'Accept all', { lines: 2 });
    verified(await exported(shop));
    const other = await open(`${base}/shop`);
    await loaded(other);
    await choose(other, 'Accept all');
    assert.equal(await other.evaluate((given) => globalThis.candor.receipts.import(given).then(() => 'taken', ({ code }) => code), text), 'other-chain');
  });

  it('is not written, nor its module loaded, where nobody asks', async () => {
    const shop = await open(`${base}/shop?off`);
    await button(shop, 'Accept all').click();
    await shop.waitForFunction(() => localStorage.length === 1);
    await shop.waitForTimeout(200);
    assert.deepEqual(await shop.evaluate(() => Object.keys(localStorage)), ['candor.choices']);
    assert.ok(!shop.seen.requests.some((path) => path.includes('receipts')));
  });

  it('is only in memory where storage is denied, and sent all the same', async () => {
    const operator = await endpoint();
    const shop = await open(`${base}/empty`);
    await shop.addInitScript(() => {
      for (const name of ['localStorage', 'indexedDB']) Object.defineProperty(globalThis, name, { get() { throw new Error('denied'); } });
    });
    await shop.goto(`${base}/shop?url=${operator.url}`);
    await button(shop, 'Accept all').click();
    await until(() => operator.lines.some((line) => line.type === 'chosen'));
    verified(operator.lines);
    assert.deepEqual(shop.seen.errors, []);
  });
});

describe('the operator\'s endpoint', () => {
  it('gets each line once it answers, in order, and learns nothing else', async () => {
    const operator = await endpoint();
    operator.answer = (count) => (count <= 3 ? [500, 429, 503][count - 1] : 204);
    const shop = await open(`${base}/shop?url=${operator.url}`);
    await shop.context().addCookies([{ name: 'session', value: '1', url: operator.url }]);
    await loaded(shop);
    await choose(shop, 'Accept all');
    await until(() => operator.lines.some((line) => line.type === 'chosen'));
    assert.ok(operator.requests.length >= 4);
    assert.equal(verified(operator.lines).warnings[0].code, 'unsealed');
    for (const headers of operator.requests) {
      assert.deepEqual([headers.cookie, headers.referer, headers['content-type']], [undefined, undefined, 'application/x-ndjson']);
    }
    await until(() => operator.requests.length >= 4);
    await keeps(shop, ({ unsent }) => unsent.length === 0);
    assert.deepEqual(await events(shop, 'error'), []);
  });

  it('gets what was chosen offline when the network is back, not only after a pause', async () => {
    const operator = await endpoint();
    const shop = await open(`${base}/shop?first=60000&url=${operator.url}`);
    await loaded(shop);
    await button(shop, 'Accept all').waitFor();
    await shop.context().setOffline(true);
    await choose(shop, 'Accept all');
    await shop.waitForTimeout(600);
    assert.equal(operator.lines.filter((line) => line.type === 'chosen').length, 0);
    assert.ok((await kept(shop)).unsent.length >= 1);
    await shop.context().setOffline(false);
    await until(() => operator.lines.some((line) => line.type === 'chosen'));
    verified(operator.lines);
  });

  it('gets on the next page what could not be sent on the last', async () => {
    const operator = await endpoint();
    operator.answer = () => 503;
    const shop = await open(`${base}/shop?url=${operator.url}`);
    await loaded(shop);
    await choose(shop, 'Reject all');
    await until(() => operator.requests.length > 0);
    await shop.close({ runBeforeUnload: false });
    operator.answer = () => 204;
    const again = await shop.context().newPage();
    await again.goto(`${base}/shop?url=${operator.url}`);
    await until(() => operator.lines.some((line) => line.event === 'reject-all'));
    await keeps(again, ({ unsent }) => unsent.length === 0);
    // What went out as the page closed may come again: it is the same line.
    assert.equal(new Set(operator.lines.filter((line) => line.event === 'reject-all').map((line) => line.hash)).size, 1);
    verified(operator.lines);
  });

  it('that refuses is reported, and nothing is lost', async () => {
    const operator = await endpoint();
    operator.answer = () => 403;
    const shop = await open(`${base}/shop?url=${operator.url}`);
    await loaded(shop);
    await choose(shop, 'Accept all');
    await shop.waitForFunction(() => globalThis.candorEvents.some(([type, { code }]) => type === 'error' && code === 'receipts-refused'));
    assert.ok((await kept(shop)).unsent.some((line) => line.type === 'chosen'));
  });
});

describe('evidence of display', () => {
  const shown = async (path = '/help') => {
    const help = await open(`${base}${path}`);
    await loaded(help);
    await written(help, 'shown', 1);
    return help;
  };
  const errors = async (help) => (await events(help, 'error')).map(({ code }) => code);
  const style = (help, css) => help.evaluate((text) => {
    const sheet = new globalThis.CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets = text ? [sheet] : [];
  }, css);

  it('begins when a notice was seen for a second, and stays in memory', async () => {
    const help = await shown();
    const [line] = await written(help, 'shown');
    assert.deepEqual([line.notices[0].id, line.notices[0].lang, line.channel, line.seq], ['ai-interaction', 'en', 'chat', 0]);
    assert.ok(line.visible >= 1000 && line.visible < 3000, `${line.visible}`);
    assert.deepEqual(await stored(help), [0, [], '']);
    assert.deepEqual(await errors(help), []);
  });

  for (const [name, hide] of [['a hidden tab', "Object.defineProperty(Document.prototype, 'hidden', { get: () => true })"], ['prerendering', "Object.defineProperty(Document.prototype, 'prerendering', { get: () => true })"]]) {
    it(`never begins in ${name}`, async () => {
      const help = await open(`${base}/empty`);
      await help.addInitScript(hide);
      await help.goto(`${base}/help`);
      await loaded(help);
      await help.waitForTimeout(2500);
      assert.deepEqual(await exported(help), []);
      assert.deepEqual(await errors(help), []);
    });
  }

  const hiding = {
    'not-displayed': 'candor-notice{display:none!important}',
    transparent: '#chat{opacity:.2}',
    'too-small': 'candor-notice{transform:scale(.01)}',
    'off-page': 'candor-notice{position:absolute!important;left:-9999px}',
    clipped: '#chat{position:relative}candor-notice{position:absolute!important;top:900px}#chat{overflow:hidden;height:100px}',
    covered: 'body::after{content:"";position:fixed;inset:0;background:#fff;z-index:9}',
  };
  for (const [why, css] of Object.entries(hiding)) {
    it(`tells that host CSS hides a notice: ${why}`, async () => {
      const help = await shown();
      await style(help, css);
      const [line] = await written(help, 'removed');
      assert.equal(line.why, why);
      assert.equal(line.notices[0].id, 'ai-interaction');
      assert.deepEqual(await errors(help), ['hidden']);
      await style(help, '');
      await written(help, 'restored');
      verified(await exported(help));
    });
  }

  it('is quiet about a chat that is closed, and about scrolling', async () => {
    const help = await shown();
    await style(help, '#chat{display:none}');
    await help.waitForTimeout(1800);
    await style(help, '#chat{margin-top:2500px}');
    await help.waitForTimeout(1800);
    assert.deepEqual((await exported(help)).filter((line) => line.type === 'removed'), []);
    assert.deepEqual(await errors(help), []);
  });

  it('tells that a notice was taken away and put back', async () => {
    const help = await shown();
    await help.evaluate(() => document.querySelector('candor-notice').remove());
    const [removed] = await written(help, 'removed');
    const [restored] = await written(help, 'restored');
    assert.deepEqual([removed.why, restored.seq], ['gone', removed.seq + 1]);
    assert.equal(await help.locator('candor-notice').count(), 1);
    assert.deepEqual(await errors(help), []);
  });

  it('tells that a notice was taken away and cannot be put back', async () => {
    const help = await shown();
    await help.evaluate(() => { document.querySelector('candor-notice').remove(); document.querySelector('#chat').textContent = ''; });
    await help.evaluate(() => { document.querySelector('candor-notice')?.remove(); document.querySelector('header')?.remove(); });
    const lines = await written(help, 'removed');
    assert.equal(lines.at(-1).why, 'gone');
    assert.ok((await errors(help)).includes('not-restored'));
  });

  it('tells when a notice is superseded, and for how long it was seen', async () => {
    const help = await shown();
    await help.evaluate(() => globalThis.mounted.update({ answeredBy: 'human' }));
    const [line] = await written(help, 'superseded');
    assert.ok(line.visible >= 1000);
    assert.equal(line.notices[0].id, 'ai-interaction');
    await help.evaluate(() => globalThis.mounted.unmount());
    await help.waitForTimeout(1500);
    assert.deepEqual(await errors(help), []);
  });

  it('tells what was acknowledged, by a press on it or by the host', async () => {
    const help = await shown();
    await help.locator('candor-notice').locator('a,button').first().click();
    await help.evaluate(() => document.dispatchEvent(new CustomEvent('candor:record', { detail: { event: 'acknowledged', notice: 'ai-interaction' } })));
    const lines = await written(help, 'acknowledged', 2);
    assert.deepEqual(lines.map(({ by, trusted }) => [by, trusted]), [['action', true], ['host', false]]);
    await help.evaluate(() => {
      for (const detail of [{ event: 'escalated' }, { event: 'chosen' }, null, { event: 'approved', channel: 'elsewhere' }]) document.dispatchEvent(new CustomEvent('candor:record', { detail }));
    });
    await written(help, 'escalated');
    assert.deepEqual((await exported(help)).filter(({ type }) => type === 'chosen' || type === 'approved'), []);
  });

  it('is written unasked where a decision\'s records ask for it, and no more than they ask', async () => {
    const help = await open(`${base}/hex?off`);
    await loaded(help);
    await written(help, 'shown');
    await help.evaluate(() => globalThis.mounted.update({ answeredBy: 'human' }));
    await help.evaluate(() => document.dispatchEvent(new CustomEvent('candor:record', { detail: { event: 'acknowledged', notice: 'ai-interaction' } })));
    await help.waitForTimeout(300);
    assert.deepEqual((await exported(help)).filter(({ type }) => type !== 'shown').map(({ type, why }) => [type, why]), [['end', undefined]]);
  });

  it('is sent to the endpoint, chained, and waits in the store only once storage is allowed', async () => {
    const operator = await endpoint();
    operator.answer = () => 503;
    const help = await shown(`/help?url=${operator.url}`);
    await until(() => operator.requests.length > 1);
    assert.deepEqual(await stored(help), [0, [], '']);
    operator.answer = () => 204;
    await until(() => operator.lines.some((line) => line.type === 'shown'));
    verified(operator.lines);
  });
});

describe('receipts of a built site', () => {
  const folder = built({ ...shopDeployment, places: ['DE'], languages: ['en'] });
  for (const way of ['one', 'plan']) {
    it(`come with candor.${way}.js under a strict policy`, async () => {
      const address = await site({
        pages: { '/': page('<main><h1>Shop</h1></main>', `<meta name="candor-place" content="DE"><script nonce="n" src="/site/candor.${way}.js" data-channel="shop" data-receipts defer></script>`) },
        folders: { '/site/': folder },
        headers: { 'content-security-policy': "script-src 'nonce-n' 'strict-dynamic'; require-trusted-types-for 'script'; default-src 'self'; style-src 'unsafe-inline'; connect-src 'self'".replace('dynamic', way === 'plan' ? "dynamic' 'wasm-unsafe-eval" : 'dynamic') },
      });
      const shop = await open(address);
      await loaded(shop);
      await choose(shop, 'Accept all');
      verified(await exported(shop));
      assert.deepEqual([shop.seen.violations, shop.seen.errors], [[], []]);
    });
  }
});
