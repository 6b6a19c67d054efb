// Properties of consent over random sequences of acts, days, places, signals, tabs, changed terms and damaged records, on what ships.
// A failing sequence is printed with its seed.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { load } from '../../dist/candor.js';

const file = (name) => readFileSync(new URL(`../../dist/${name}`, import.meta.url));
const purposes = [
  { id: 'basket', kind: 'necessary' },
  { id: 'stats', kind: 'statistics', ownService: true },
  { id: 'ads', kind: 'advertising', shared: true, sells: true, services: [{ id: 'net', recipient: 'AdNet Inc.', country: 'US' }] },
  { id: 'training', kind: 'ai-training' },
  { id: 'health', kind: 'health-data', sensitive: true, sells: true },
];
const engineFor = (declared) => load({
  wasm: file('candor.wasm'), rules: file('rules.pack'), locales: [file('locales/en.pack')],
  deployment: { operator: { name: 'Acme GmbH' }, channels: { shop: { type: 'website' } }, purposes: declared },
});
const engine = await engineFor(purposes);
const otherTerms = await engineFor(purposes.map((purpose) => (purpose.id === 'ads' ? { ...purpose, services: [...purpose.services, { id: 'new', recipient: 'New Ltd' }] } : purpose)));
const strictness = ['none', 'notice', 'opt-out', 'opt-in', 'prohibited'];
const places = [['DE'], ['FR'], ['ES'], ['GB'], ['CH'], ['JP'], ['BR'], ['US-CA'], ['US-MD'], ['US-CO'], ['DE', 'US-CA'], ['US-TX', 'JP'], undefined];

/** mulberry32 */
function random(seed) {
  let a = seed;
  const next = () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n) => Math.floor(next() * n);
  return { below, chance: (p) => next() < p, of: (list) => list[below(list.length)] };
}

const ids = purposes.map(({ id }) => id).filter((id) => id !== 'basket');

/** What the person last did with each purpose, told apart from the core: `{ did: 'granted' | 'denied', model }`. */
function told(before, event, decision) {
  const after = { ...before };
  const { purposes: states } = decision.consent;
  const set = (id, did) => (after[id] = { did, model: states[id].model });
  if (event.type === 'accept-all') for (const id of ids) set(id, states[id].model === 'prohibited' ? 'denied' : 'granted');
  if (event.type === 'reject-all') for (const id of ids) set(id, 'denied');
  if (event.type === 'choose') for (const [id, did] of Object.entries(event.purposes)) set(id, states[id].model === 'prohibited' ? 'denied' : did);
  if (event.type === 'withdraw') for (const id of ids) if (event.purposes ? event.purposes[id] : states[id].state === 'granted') set(id, 'denied');
  if (event.type === 'opt-out') for (const id of ids) if (!event.purposes || event.purposes[id]) set(id, 'denied');
  return after;
}

/** @param lost purposes whose record was damaged, and who were not answered since */
function check(decision, did, at, lost) {
  for (const [id, { state, standing, model, until, kind }] of Object.entries(decision.consent.purposes)) {
    if (kind === 'necessary') {
      assert.equal(state, 'granted', id);
      continue;
    }
    const last = did[id];
    if (model === 'prohibited') assert.equal(state, 'denied', `${id} is prohibited`);
    if (model === 'opt-in' && state === 'granted') {
      assert.equal(last?.did, 'granted', `${id} is open without a grant`);
      assert.ok(strictness.indexOf(last.model) >= strictness.indexOf('opt-in'), `${id} is open by a grant that was given under ${last.model}`);
    }
    if (last?.did === 'denied' && !lost.has(id)) {
      assert.equal(state, 'denied', `${id} was refused`);
      assert.ok(['denied', 'withdrawn'].includes(standing), `${id} was refused, and is ${standing}`);
    }
    if (lost.has(id) && last?.did !== 'granted') assert.equal(state, 'denied', `${id}: a damaged record opens it`);
    if (standing === 'granted' && until) assert.ok(at < until, `${id} has outlived its grant`);
  }
}

/** Makes a record unreadable, in one of the ways in which stores break. */
function damage(record, r) {
  const broken = JSON.parse(JSON.stringify(record ?? { at: '2026-11-20T09:00:00Z', purposes: {} }));
  return r.of([
    () => ({ ...broken, at: '' }), () => ({ ...broken, at: '2026-13-45' }), () => ({ at: '', purposes: {} }), () => ({ purposes: {}, via: 'choice' }),
    () => ({ ...broken, at: undefined }),
  ])();
}

function day(offset) {
  return new Date(Date.UTC(2026, 10, 20) + offset * 86_400_000).toISOString().slice(0, 10);
}

/** One life of a person with a site. `grants` false: no act of it is a grant. */
function live(subject, seed, grants, length = 14) {
  const r = random(seed);
  let record, did = {}, offset = 0, lost = new Set(), place = r.of(places), gpc = false, running = subject;
  const steps = [];
  try {
    for (let i = 0; i < length; i++) {
      const step = r.below(9);
      const situation = () => ({ at: day(offset), jurisdictions: place, channel: 'shop', languages: ['en'], facts: gpc ? { gpc: true } : {}, consent: record });
      if (step <= 3) {
        const some = () => Object.fromEntries(ids.filter(() => r.chance(0.5)).map((id) => [id, grants && r.chance(0.5) ? 'granted' : 'denied']));
        const event = r.of([
          () => (grants ? { type: 'accept-all' } : { type: 'reject-all' }), () => ({ type: 'reject-all' }), () => ({ type: 'choose', purposes: some() }),
          () => ({ type: 'withdraw' }), () => ({ type: 'withdraw', purposes: { ads: 'denied' } }), () => ({ type: 'opt-out' }),
        ])();
        if (event.type === 'choose' && !Object.keys(event.purposes).length) event.purposes = { ads: 'denied' };
        steps.push(event);
        const before = running.decide(situation());
        const after = told(did, event, before);
        lost = new Set([...lost].filter((id) => after[id] === did[id]));
        did = after;
        const answer = running.consent(situation(), { ...event, now: `${day(offset)}T09:00:00Z` });
        // Through a store and back: a reload, another tab.
        record = JSON.parse(JSON.stringify(answer.record));
        check(answer.decision, did, day(offset), lost);
        const again = running.decide(situation());
        assert.deepEqual(again.consent, answer.decision.consent, 'the decision that follows an act is the one that a reload gives');
      } else if (step === 4) steps.push(['days', (offset = Math.min(offset + r.of([0, 1, 30, 190, 380]), 1200))]);
      else if (step === 5) steps.push(['place', (place = r.of(places))]);
      else if (step === 6) steps.push(['gpc', (gpc = !gpc)]);
      else if (step === 7) steps.push(['terms', (running = running === subject && !subject.planted ? otherTerms : subject) === subject]);
      else if (r.chance(0.5)) {
        record = damage(record, r);
        lost = new Set(ids);
        steps.push(['damaged', record]);
      } else if (record) {
        record = { ...record, rules: '2027.01.01+00000000', shown: 'other', later: { unknown: true } };
        steps.push(['rules', record.rules]);
      }
      check(running.decide(situation()), did, day(offset), lost);
    }
  } catch (error) {
    error.message = `seed ${seed}: ${error.message}\n${steps.map((step) => JSON.stringify(step)).join('\n')}`;
    throw error;
  }
}

describe('sequences of acts', () => {
  it('without a grant never open anything that needs one', () => {
    for (let seed = 1; seed <= 500; seed++) live(engine, seed, false);
  });

  it('with grants open what was granted under the same model, and never what was refused since', () => {
    for (let seed = 10_001; seed <= 11_000; seed++) live(engine, seed, true);
  });

  for (const [fault, plant] of Object.entries({
    'a grant that forgets under which model it was given': (record) => ({ ...record, purposes: Object.fromEntries(Object.entries(record.purposes).map(([id, stored]) => [id, { ...stored, model: undefined }])) }),
    'a refusal that is lost': (record) => ({ ...record, purposes: Object.fromEntries(Object.entries(record.purposes).filter(([, { state }]) => state !== 'denied')) }),
    'a refusal that becomes a grant': (record) => ({ ...record, purposes: Object.fromEntries(Object.entries(record.purposes).map(([id, stored]) => [id, { ...stored, state: 'granted', model: 'opt-in' }])) }),
  })) {
    it(`find ${fault}`, () => {
      const faulty = { ...engine, planted: true, consent(situation, event) {
        const { record } = engine.consent(situation, event);
        const planted = plant(record);
        return { record: planted, decision: engine.decide({ ...situation, consent: planted }) };
      } };
      assert.throws(() => {
        for (let seed = 1; seed <= 500; seed++) live(faulty, seed, true);
      }, /seed/);
    });
  }
});

describe('asking again', () => {
  const inGermany = (consent, at = '2026-11-24') => ({ at, jurisdictions: ['DE'], channel: 'shop', languages: ['en'], consent });
  const accepted = engine.consent(inGermany(), { type: 'accept-all', now: '2026-11-24T09:00:00Z' }).record;
  const refused = engine.consent(inGermany(), { type: 'reject-all', now: '2026-11-24T09:00:00Z' }).record;

  it('comes with changed terms, and the grant no longer opens', () => {
    const { consent } = otherTerms.decide(inGermany(accepted));
    assert.equal(consent.prompt, true);
    assert.deepEqual([consent.purposes.ads.state, consent.purposes.ads.standing], ['denied', 'expired']);
    assert.equal(otherTerms.decide(inGermany(refused)).consent.prompt, true);
    assert.equal(otherTerms.decide(inGermany(refused)).consent.purposes.ads.state, 'denied');
  });

  it('never comes with other rules, words or languages alone', () => {
    for (const record of [accepted, refused]) {
      const { consent } = engine.decide(inGermany(record));
      assert.equal(consent.prompt, false);
      for (const other of [{ rules: '2031.01.01+ffffffff' }, { shown: 'ffffffffffffffff' }, { places: ['FR'] }, { v: 9, later: 'x' }])
        assert.deepEqual(engine.decide(inGermany({ ...record, ...other })).consent, consent);
      assert.equal(engine.decide({ ...inGermany(record), languages: ['de'] }).consent.prompt, false);
    }
  });

  it('a record that cannot be read counts as unasked, and closes what would be open unasked', () => {
    const inCalifornia = (consent) => ({ ...inGermany(consent), jurisdictions: ['US-CA'] });
    assert.equal(engine.decide(inCalifornia()).consent.purposes.ads.state, 'granted');
    for (const record of [{ at: '', purposes: {} }, { at: 'yesterday', purposes: { ads: 'granted' } }, { at: '2026-11-24T09:00:00Z', purposes: { ads: 'perhaps' } }]) {
      const { consent, warnings } = engine.decide(inCalifornia(record));
      assert.deepEqual([consent.purposes.ads.state, consent.purposes.ads.standing], ['denied', 'unasked'], JSON.stringify(record));
      assert.ok(warnings.some(({ code }) => code === 'consent-unreadable'));
      assert.equal(engine.decide(inGermany(record)).consent.prompt, true);
    }
    // A refusal that can be read in it holds, and so does a later grant.
    const kept = { at: '', purposes: { ads: { state: 'denied', at: '2026-11-20T09:00:00Z', via: 'opt-out' } } };
    assert.equal(engine.decide(inCalifornia(kept)).consent.purposes.ads.standing, 'denied');
    const { decision } = engine.consent(inCalifornia(kept), { type: 'accept-all', now: '2026-11-24T09:00:00Z' });
    assert.equal(decision.consent.purposes.ads.state, 'granted');
  });
});

describe('what a decision says of purposes', () => {
  it('has their services as they were declared, and the ways to answer, asked or not', () => {
    const { consent } = engine.decide({ at: '2026-11-24', jurisdictions: ['US-CA'], channel: 'shop', languages: ['en'] });
    assert.deepEqual(consent.purposes.ads.services, [{ id: 'net', recipient: 'AdNet Inc.', country: 'US' }]);
    assert.equal('services' in consent.purposes.stats, false);
    assert.deepEqual(consent.actions.map(({ id, label }) => [id, label]), [['accept-all', 'Accept all'], ['reject-all', 'Reject all'], ['choose', 'Choose'], ['legal-hub', 'Legal and AI']]);
    assert.deepEqual([consent.lang, consent.dir], ['en', 'ltr']);
  });

  it('has every field of a service, in whatever order and number', async () => {
    const services = [
      { id: 'a', name: 'A', policy: 'https://a.example', hosts: ['a.example', 'b.example'], cookies: [{ name: 'one', path: '/x' }, { name: 'two*' }, { name: 'three', domain: 'a.example' }], storage: ['s:*', 't'] },
      { id: 'b', recipient: 'B Ltd', country: 'FR' },
    ];
    const { consent } = (await engineFor([{ id: 'x', kind: 'functional', services }, { id: 'y', kind: 'statistics', services: [services[1]] }])).decide({ at: '2026-11-24', jurisdictions: ['DE'], channel: 'shop' });
    assert.deepEqual([consent.purposes.x.services, consent.purposes.y.services], [services, [services[1]]]);
  });
});
