// The corpus through what ships: `candor.wasm`, its twin and the native engine answer with the same bytes, in whatever way a
// deployment travels; the engine in TypeScript hands it over as the compiler does; and the two command lines are one.
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { CandorError, load } from '../../dist/candor.js';
import { call, cores, file, languages, module, randomFrom } from './core.mjs';

const directory = 'build/corpus';
const run = promisify(execFile);
const readJson = (/** @type {string} */ path) => JSON.parse(readFileSync(path, 'utf8'));

rmSync(directory, { recursive: true, force: true });
execFileSync('build/native/candor-answers', [directory], { stdio: ['ignore', 'ignore', 'inherit'] });
const lines = (/** @type {string} */ name) => readFileSync(`${directory}/${name}`, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
/** @type {{ path: string, name: string, deployment: any, situation: any, expect: any }[]} */
const cases = lines('cases.jsonl');
/** @type {{ packs: string[], loads: string[], asked: { case: string, way: string, request: string, answer: string }[] }[]} */
const sets = lines('answers.jsonl');
const pack = (/** @type {string} */ name) => readFileSync(`${directory}/packs/${name}.pack`);

/** Where two texts part, readably. */
function parting(/** @type {string} */ found, /** @type {string} */ expected) {
  let at = 0;
  while (at < expected.length && found[at] === expected[at]) at++;
  return `at ${at}: …${found.slice(Math.max(0, at - 60), at + 120)}… in place of …${expected.slice(Math.max(0, at - 60), at + 120)}…`;
}

it('is there', () => {
  assert.ok(cases.length > 0);
  const answered = new Set(sets.flatMap(({ asked }) => asked.map((each) => each.case)));
  assert.deepEqual(cases.filter(({ path }) => !answered.has(path)).map(({ path }) => path), []);
});

for (const [name, create] of Object.entries(cores)) {
  describe(name, () => {
    /** @type {Map<string, string[]>} by case or kind of damage: what differs from the native answers */
    const differences = new Map();
    const asked = new Map();
    const note = (/** @type {string} */ about, /** @type {string} */ found, /** @type {string} */ expected, /** @type {string} */ what) => {
      asked.set(about, (asked.get(about) ?? 0) + 1);
      if (!Buffer.from(found).equals(Buffer.from(expected))) differences.set(about, [...differences.get(about) ?? [], `${what} ${parting(found, expected)}`]);
    };

    before(() => {
      // One instance for all of them: what was loaded and asked before must not show.
      const core = create();
      for (const set of sets) {
        const damage = set.asked[0]?.way.startsWith('damaged') ? set.asked[0].way : '';
        set.packs.forEach((each, index) => note(damage || 'packs', call(core, pack(each)).toString(), set.loads[index] ?? '', `loading ${each}`));
        for (const each of set.asked) note(damage || each.case, call(core, each.request).toString(), each.answer, `${each.way}, ${each.request.slice(0, 20)}`);
      }
    });

    const same = (/** @type {string} */ about, /** @type {number} */ least) => {
      assert.deepEqual(differences.get(about) ?? [], []);
      assert.ok((asked.get(about) ?? 0) >= least, `only ${asked.get(about)} answers`);
    };
    for (const { path, name: sentence, expect } of cases) it(`${path}: ${sentence}`, () => same(path, expect.error ? 2 : 6));
    it('loads every pack', () => same('packs', 100));
    it('answers 2,000 damaged requests', () => same('damaged request', 2000));
    it('takes or refuses 400 damaged bundles', () => same('damaged bundle', 400));
  });
}

describe('the same question', () => {
  /** @type {Map<string, Map<string, string>>} */
  const decisions = new Map(cases.map(({ path }) => [path, new Map()]));
  for (const { asked } of sets)
    for (const each of asked) if (each.request.startsWith('op=decide\n') && !each.way.startsWith('damaged')) decisions.get(each.case)?.set(each.way, each.answer);
  const compare = (/** @type {string} */ one, /** @type {string} */ other) => {
    let compared = 0;
    for (const [path, ways] of decisions) {
      const [a, b] = [ways.get(one), ways.get(other)];
      if (a === undefined || b === undefined) continue;
      compared++;
      assert.ok(a === b, `${path}: ${one} and ${other} part ${parting(a, b)}`);
    }
    return compared;
  };
  const answered = cases.filter(({ expect }) => !expect.error).length;

  it('is answered alike compiled in and handed over', () => assert.equal(compare('whole', 'handed-over'), answered));
  it('is answered alike from the whole and from a slice', () => assert.equal(compare('narrow-whole', 'narrow'), answered));
  it('is answered alike from what `candor build` makes', () => assert.ok(compare('whole', 'sliced') > answered / 2));
});

describe('a decision, through candor.wasm', () => {
  const random = randomFrom(6);
  const whole = sets.filter(({ asked }) => asked[0]?.way === 'whole');
  const sample = Array.from({ length: 40 }, () => whole[random(whole.length)]).map((set) => {
    const decided = set?.asked.filter(({ request }) => request.startsWith('op=decide\n')) ?? [];
    return { set, ...decided[random(decided.length)] };
  });
  const core = cores['candor.wasm']?.() ?? assert.fail();
  const decide = (/** @type {any} */ { set, request }, change = (/** @type {string} */ lines) => lines) => {
    for (const name of set.packs) call(core, pack(name));
    return call(core, change(request)).toString();
  };
  const on = (/** @type {string} */ day) => (/** @type {string} */ lines) => lines.replace(/^at=.*$/m, `at=${day}`);
  const shift = (/** @type {string} */ day, /** @type {number} */ days) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
  const lasting = (/** @type {string} */ answer) => answer.replace(/"at":"[^"]*",/, '').replace(/"validUntil":(null|"[^"]*"),/, '');

  it('is the same for the same question', () => {
    for (const one of sample) assert.equal(decide(one), decide(one));
  });

  it('holds until the day it says and not a day longer', () => {
    let bounded = 0;
    for (const one of sample) {
      const answer = decide(one);
      const { at, validUntil } = JSON.parse(answer).value;
      if (validUntil === null) continue;
      bounded++;
      const days = (Date.parse(validUntil) - Date.parse(at)) / 86_400_000;
      for (const day of [validUntil, shift(at, 1), ...Array.from({ length: 5 }, () => shift(at, random(days)))].map((each, index) => (index ? each : shift(each, -1))))
        if (day < validUntil) assert.equal(lasting(decide(one, on(day))), lasting(answer), `${one.case} on ${day}`);
      assert.notEqual(lasting(decide(one, on(validUntil))), lasting(answer), `${one.case} on ${validUntil}`);
    }
    assert.ok(bounded > 10);
  });

  it('says no more under exact than under strict, and no less with one place more', () => {
    const obligations = (/** @type {string} */ answer) => JSON.parse(answer).value.obligations.map((/** @type {any} */ each) => JSON.stringify(each));
    const holdsAll = (/** @type {string[]} */ more, /** @type {string[]} */ less) => less.every((each) => more.includes(each));
    const models = ['none', 'notice', 'opt-out', 'opt-in', 'prohibited'];
    const model = (/** @type {string} */ answer) => models.indexOf(JSON.parse(answer).value.consent.model);
    const posture = (/** @type {string} */ word) => (/** @type {string} */ lines) => `${lines.replace(/^posture=.*\n/m, '')}posture=${word}\n`;
    for (const one of sample) {
      const strict = decide(one, posture('strict'));
      assert.ok(holdsAll(obligations(strict), obligations(decide(one, posture('exact')))), one.case);
      if (!/^place=/m.test(one.request ?? '')) continue;
      const more = decide(one, (lines) => `${posture('strict')(lines)}place=US-CA\nplace=DE\n`);
      assert.ok(holdsAll(obligations(more), obligations(strict)), one.case);
      assert.ok(model(more) >= model(strict), one.case);
    }
  });
});

describe('the engine in TypeScript', () => {
  const cited = new Map(sets.flatMap(({ asked }) => asked).filter(({ way }) => way === 'cited').map((each) => [each.case, JSON.parse(each.answer)]));
  const packs = { rules: file('rules.pack'), locales: ['en', ...languages.filter((tag) => tag !== 'en')].map((tag) => file(`locales/${tag}.pack`)), sources: file('sources.pack') };

  it('decides every case as the native engine does', async () => {
    assert.equal(cited.size, cases.length);
    for (const { path, deployment, situation } of cases) {
      const { type, value, warnings, errors } = cited.get(path);
      const engine = await load({ wasm: module, ...packs, deployment, timeout: 10_000 });
      if (type === 'success') {
        assert.deepEqual(engine.decide(situation), { ...value, warnings }, path);
      } else {
        assert.throws(() => engine.decide(situation), (error) => {
          assert.ok(error instanceof CandorError);
          assert.deepEqual(error.errors, errors, path);
          return true;
        });
      }
    }
  });
});

describe('the command lines', () => {
  const folder = `${directory}/cli`;
  mkdirSync(folder, { recursive: true });
  const write = (/** @type {string} */ name, /** @type {unknown} */ value) => {
    writeFileSync(`${folder}/${name}`, typeof value === 'string' ? value : JSON.stringify(value));
    return `${folder}/${name}`;
  };
  /** @returns {Promise<{ status: number, out: string, err: string }>} */
  const outcome = (/** @type {string} */ command, /** @type {string[]} */ words) =>
    run(command, words, { maxBuffer: 1 << 26 }).then(({ stdout, stderr }) => ({ status: 0, out: stdout, err: stderr }), ({ code, stdout, stderr }) => ({ status: code, out: stdout, err: stderr }));
  const both = async (/** @type {string[]} */ ...words) => {
    const [native, npx] = await Promise.all([outcome('build/native/candor', words), outcome(process.execPath, ['wasm/cli.mjs', ...words])]);
    assert.deepEqual(npx, native, words.join(' '));
    return native;
  };

  // Every case about bad input, and of the others a sample.
  const random = randomFrom(7);
  const bad = cases.filter(({ expect }) => expect.error);
  const good = cases.filter(({ expect }) => !expect.error);
  while (good.length > Math.max(20, 40 - bad.length)) good.splice(random(good.length), 1);

  [...bad, ...good].forEach(({ path, name, deployment, situation, expect }, index) => {
    it(`decide alike: ${path}: ${name}`, async () => {
      const more = [[], ['--explain'], ['--posture', 'exact']][index % 3] ?? [];
      const { status, out, err } = await both('decide', '--deployment', write(`d${index}.json`, deployment), '--situation', write(`s${index}.json`, situation), ...more);
      assert.equal(status, expect.error ? 2 : 0);
      assert.equal(JSON.parse(out).type, expect.error ? 'failure' : 'success');
      assert.match(err, expect.error ? /^candor: .*: / : /^$/);
      if (expect.error) assert.ok(JSON.parse(out).errors.some((/** @type {any} */ { code }) => code === expect.error));
    });
  });

  it('refuse alike', async () => {
    const sound = write('sound.json', cases[0]?.deployment);
    const situation = write('situation.json', { at: '2026-11-20' });
    for (const words of [[], ['--help'], ['nonsense'], ['decide'], ['decide', '--deployment', sound], ['decide', '--deployment', sound, '--situation', 'no/such.json'],
      ['decide', '--deployment', sound, '--situation', situation, '--posture', 'lenient'], ['decide', '--deploymnt', sound], ['build', '--deployment', sound],
      ['decide', '--deployment', write('bad.json', '{"operator":'), '--situation', situation],
      ['decide', '--deployment', write('empty.json', ''), '--situation', situation],
      ['decide', '--deployment', write('wrong.json', { operator: [], channels: { chat: 7, 'B B': { type: 'nonsense' } }, places: 'DE', __proto__x: 1 }), '--situation', situation],
      ['decide', '--deployment', sound, '--situation', write('wrong-situation.json', { at: 20261120, jurisdictions: 'DE', facts: { nonsense: 1, aiUse: 'converse' }, extra: null })]]) {
      const { status } = await both(...words);
      assert.equal(status, words[0] === '--help' ? 0 : 2, words.join(' '));
    }
  });

  it('lint, plan and snippet alike', async () => {
    const deployment = write('acme.json', { ...cases[0]?.deployment, places: ['DE', 'US-CA'], languages: ['de', 'en'] });
    await both('lint');
    await both('lint', '--deployment', deployment, '--rules', 'core/rules', '--locales', 'locales', '--cases', 'tests/cases');
    assert.equal((await both('snippet', '--deployment', deployment, '--lang', 'de')).status, 0);
  });

  it('build identical files', async () => {
    const files = (/** @type {string} */ at) => Object.fromEntries(readdirSync(at, { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(`${at}/${name}`).isFile()).map((name) => [name, readFileSync(`${at}/${name}`).toString('base64')]));
    const shop = readJson('tests/cases/deployments/shop.json');
    const deployments = [cases[0]?.deployment, shop, { ...shop, places: ['EU', 'US-CA'], languages: ['fr', 'ja'] }];
    for (const [index, deployment] of deployments.entries()) {
      const words = (/** @type {string} */ command, /** @type {string} */ who) => [command, '--deployment', write(`build${index}.json`, deployment), '--out', `${folder}/${who}${index}`];
      for (const command of ['build', 'plan']) {
        const native = await outcome('build/native/candor', words(command, `native-${command}-`));
        const npx = await outcome(process.execPath, ['wasm/cli.mjs', ...words(command, `npx-${command}-`)]);
        assert.equal(native.status, 0, native.err);
        assert.equal(npx.status, 0, npx.err);
        assert.equal(npx.out.replaceAll('npx-', 'native-'), native.out);
        const written = files(`${folder}/native-${command}-${index}`);
        assert.ok(Object.keys(written).length >= (command === 'build' ? 9 : 1));
        assert.deepEqual(files(`${folder}/npx-${command}-${index}`), written);
      }
    }
  });
});
