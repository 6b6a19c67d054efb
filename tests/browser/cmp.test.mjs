// A registered consent platform of the page is obeyed: platforms made of the IAB's own libraries, 200 random states, gates exactly as they say.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { GppModel } from '@iabgpp/cmpapi';
import { GVL, PurposeRestriction, RestrictionType, TCModel, TCString } from '@iabtechlabtcf/core';
import { build } from 'esbuild';
import { engines } from './engines.mjs';
import { root, shop, thirdParty } from './origins.mjs';

const { outputFiles: [{ text: platform }] } = await build({
  stdin: {
    resolveDir: root, loader: 'js', contents: `
      import stub from '@iabtechlabtcf/stub'; import { CmpApi as Tcf } from '@iabtechlabtcf/cmpapi'; import { CmpApi as Gpp, CmpStatus, SignalStatus } from '@iabgpp/cmpapi';
      globalThis.platform = {
        tcfStub: () => (stub.default ?? stub)(),
        tcf() { const api = new Tcf(10, 1, true); return (text, ui = false) => api.update(text, ui); },
        gpp() {
          const api = new Gpp(10, 1);
          api.setSignalStatus(SignalStatus.NOT_READY);
          return (text, sections) => {
            api.setSignalStatus(SignalStatus.NOT_READY); api.setGppString(text); api.setApplicableSections(sections); api.setCmpStatus(CmpStatus.LOADED); api.setSignalStatus(SignalStatus.READY);
          };
        },
      };`,
  },
  bundle: true, write: false, format: 'iife', logLevel: 'error',
});

const third = await thirdParty();
const kinds = { extras: 'functional', mine: 'personalisation', stats: 'statistics', ads: 'advertising', track: 'cross-site-tracking' };
const deployment = (...more) => ({
  operator: { name: 'Acme GmbH' }, channels: { shop: { type: 'website' } },
  purposes: [...Object.entries(kinds).map(([id, kind]) => ({ id, kind, shared: true })), ...more],
});
const page = ({ place = 'DE', start = '', config = '/candor.json', cmp }) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,">
<meta name="candor-place" content="${place}"><script src="/platform.js"></script>
<script>globalThis.told = []; for (const type of ['decision', 'consent', 'error']) addEventListener('candor:' + type, ({ detail }) => told.push([type, detail]));
globalThis.ran = []; ${start}</script></head><body><h1>Shop</h1><img alt="" data-candor="ads" data-src="${third.base}/pixel.gif">
<script type="module">import { mount } from '/dist/widget.js';
mount(document, { config: '${config}', channel: 'shop', cmp: ${JSON.stringify(cmp)} });</script></body></html>`;
const site = await shop({
  pages: {
    '/': ({ searchParams }) => page(JSON.parse(searchParams.get('page'))),
    '/platform.js': platform, '/candor.json': JSON.stringify(deployment()),
    '/chat.json': JSON.stringify(deployment({ id: 'chats', kind: 'chat-recording' })),
  },
});
const address = (parts) => `${site}/?page=${encodeURIComponent(JSON.stringify(parts))}`;
const settled = (page) => page.until(() => globalThis.told.some(([type]) => type === 'consent'));
const asks = () => !!document.querySelector('candor-choices')?.shadowRoot.querySelector('section');

/** mulberry32: the same states in every run. */
function random(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
const next = random(4);
const often = (chance) => next() < chance;
const pick = (list) => list.filter(() => often(0.8));

const text = { name: 'x', description: 'x', descriptionLegal: 'x', illustrations: [] };
const vendor = (id) => ({ id, name: `Vendor ${id}`, purposes: [1, 2, 3, 4, 7], legIntPurposes: [], flexiblePurposes: [], specialPurposes: [], features: [], specialFeatures: [], policyUrl: 'https://x.example', usesCookies: true, cookieMaxAgeSeconds: 1, cookieRefresh: true, usesNonCookieAccess: false, dataRetention: {}, urls: [], dataDeclaration: [] });
const list = {
  gvlSpecificationVersion: 3, vendorListVersion: 100, tcfPolicyVersion: 5, lastUpdated: '2026-01-01T00:00:00Z',
  purposes: Object.fromEntries(Array.from({ length: 11 }, (_, index) => [index + 1, { id: index + 1, ...text }])),
  specialPurposes: {}, features: {}, specialFeatures: {}, stacks: {}, dataCategories: {}, vendors: { 10: vendor(10), 755: vendor(755) },
};

/** A TC string, and what it says: `advertising` also asks for vendor 755. */
function tcState() {
  const model = new TCModel(new GVL(structuredClone(list)));
  model.cmpId = 10;
  model.cmpVersion = 1;
  model.isServiceSpecific = true;
  const purposes = often(0.15) ? [] : often(0.15) ? [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] : pick([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  const vendors = pick([10, 755]);
  model.purposeConsents.set(purposes);
  model.purposeLegitimateInterests.set(pick([2, 7, 8, 9, 10, 11]));
  model.vendorConsents.set(vendors);
  const restricted = often(0.1);
  if (restricted) model.publisherRestrictions.add(755, new PurposeRestriction(2, RestrictionType.NOT_ALLOWED));
  const has = (...wanted) => wanted.every((purpose) => purposes.includes(purpose));
  const says = { extras: has(1), mine: has(1, 5, 6), stats: has(1, 8, 9), ads: has(1, 2, 3, 4, 7) && vendors.includes(755) && !restricted, track: has(1, 3, 4) };
  return { text: TCString.encode(model), says };
}

/** A GPP string with some US sections, of which some apply, and what they say: an opt-out in any of those closes. */
function gppState() {
  const model = new GppModel();
  const sections = { usnat: 7, usca: 8, usva: 9, uspv1: 6 };
  const targeted = { usnat: true, usva: true };
  const applicable = [];
  let sold = false;
  let aimed = false;
  for (const [name, id] of Object.entries(sections)) {
    if (!often(0.6)) continue;
    const applies = often(0.8);
    if (applies) applicable.push(id);
    const value = () => (often(0.25) ? 1 : often(0.5) ? 2 : 0);
    if (name === 'uspv1') {
      const out = often(0.3);
      for (const [field, said] of [['Version', 1], ['Notice', 'Y'], ['OptOutSale', out ? 'Y' : 'N'], ['LspaCovered', 'N']]) model.setFieldValue(name, field, said);
      sold ||= applies && out;
      continue;
    }
    for (const field of ['SaleOptOut', ...(name === 'usva' ? [] : ['SharingOptOut']), ...(targeted[name] ? ['TargetedAdvertisingOptOut'] : [])]) {
      const said = value();
      model.setFieldValue(name, `${field}Notice`, said ? 1 : 0);
      model.setFieldValue(name, field, said);
      if (!applies || said !== 1) continue;
      if (field === 'TargetedAdvertisingOptOut') aimed = true;
      else sold = true;
    }
  }
  const says = { extras: true, mine: !sold, stats: !sold, ads: !sold && !aimed, track: !sold && !aimed };
  return { text: model.encode(), sections: applicable.length ? applicable : [-1], says };
}

/** Sets states one after the other, and lets an element of each purpose try its gate under each. */
const tryStates = async ({ states, ids, api }) => {
  const wait = (time) => new Promise((resolve) => setTimeout(resolve, time));
  const say = globalThis.say ?? globalThis.platform[api]();
  const opened = [];
  for (const [index, { text, sections }] of states.entries()) {
    say(text, sections);
    await wait(index ? 10 : 1500);
    globalThis.ran = [];
    for (const id of ids) {
      const script = document.createElement('script');
      script.type = 'text/plain';
      script.dataset.candor = id;
      script.textContent = `ran.push(${JSON.stringify(id)})`;
      document.body.append(script);
    }
    // As many as were decided, however slow the machine is; and none more.
    const { purposes } = globalThis.told.filter(([type]) => type === 'consent').at(-1)[1];
    const granted = Object.values(purposes).filter(({ state }) => state === 'granted').length;
    for (let waited = 0; globalThis.ran.length < granted && waited < 200; waited++) await wait(10);
    await wait(40);
    opened.push([...globalThis.ran].sort().join(' '));
    for (const script of document.querySelectorAll('script[type="text/plain"]')) script.remove();
  }
  return opened;
};
const wanted = (states) => states.map(({ says }) => Object.keys(says).filter((id) => says[id]).sort().join(' '));

const [{ missing, open }] = engines;
describe('a registered consent platform', { skip: missing, concurrency: false }, () => {
  it('with TCF: 100 random states gate exactly as they say, and we ask nothing', async () => {
    const states = Array.from({ length: 100 }, tcState);
    assert.ok(new Set(wanted(states)).size > 8, 'the states differ');
    const page = await open(address({ start: 'platform.tcfStub();', cmp: { purposes: { ads: { tcf: [1, 2, 3, 4, 7], vendors: [755] } } } }));
    assert.deepEqual(await page.evaluate(tryStates, { states, ids: Object.keys(kinds), api: 'tcf' }), wanted(states));
    assert.equal(await page.evaluate(asks), false);
    assert.equal(await page.evaluate(() => localStorage.length), 0, 'what it says is its own to keep');
    await page.close();
  });

  it('with GPP: 100 random states gate exactly as they say', async () => {
    const states = Array.from({ length: 100 }, gppState);
    assert.ok(new Set(wanted(states)).size >= 3, 'the states differ');
    const page = await open(address({ place: 'US-CA', start: 'globalThis.say = platform.gpp();' }));
    assert.deepEqual(await page.evaluate(tryStates, { states, ids: Object.keys(kinds), api: 'gpp' }), wanted(states));
    await page.close();
  });

  it('that has not answered yet counts as a no, and nothing of ours comes up beside it', async () => {
    third.asked();
    for (const parts of [{ start: 'platform.tcfStub();' }, { place: 'US-CA', start: 'platform.gpp();' }]) {
      const page = await open(address(parts));
      await settled(page);
      await sleep(300);
      assert.deepEqual(third.asked(), []);
      assert.equal(await page.evaluate(asks), false);
      await page.close();
    }
  });

  it('whose string cannot be read counts as a no, and that is said', async () => {
    const page = await open(address({ start: "globalThis.__tcfapi = (command, version, callback) => { if (command === 'addEventListener') callback({ tcString: '????', gdprApplies: true, eventStatus: 'tcloaded', listenerId: 1 }, true); };" }));
    await page.until(() => globalThis.told.some(([type, { code }]) => type === 'error' && code === 'platform-unreadable'));
    await settled(page);
    await sleep(300);
    assert.deepEqual(third.asked(), []);
    await page.close();
  });

  it('that says it does not apply leaves the question to us', async () => {
    const page = await open(address({ start: 'platform.tcfStub(); platform.tcf()(null);' }));
    await page.until(asks);
    assert.deepEqual(third.asked(), []);
    await page.close();
  });

  it('leaves us what it does not know: that is asked, and stored alone', async () => {
    const page = await open(address({ start: `platform.tcfStub(); platform.tcf()(${JSON.stringify(tcState().text)});`, config: '/chat.json' }));
    await page.until(asks);
    await page.click(() => document.querySelector('candor-choices')?.shadowRoot.querySelector('[part~=accept-all]'));
    await page.until(() => globalThis.told.some(([type, { purposes }]) => type === 'consent' && purposes.chats.state === 'granted'));
    const stored = await page.until(() => JSON.stringify({ ...localStorage }).includes('chats') && JSON.stringify({ ...localStorage }));
    assert.doesNotMatch(stored, /stats|track/);
    await page.close();
  });

  it('the embed of a purpose that it speaks of has no button of ours', async () => {
    const page = await open(address({ start: 'platform.tcfStub();' }));
    await settled(page);
    await page.evaluate(() => {
      const frame = document.createElement('iframe');
      Object.assign(frame.dataset, { candor: 'ads', src: '/frame.html' });
      document.body.append(frame);
    });
    const place = await page.until(() => document.querySelector('candor-embed')?.shadowRoot.querySelector('div') && { buttons: document.querySelector('candor-embed').shadowRoot.querySelectorAll('button').length });
    assert.deepEqual(place, { buttons: 0 });
    await page.close();
  });
});
