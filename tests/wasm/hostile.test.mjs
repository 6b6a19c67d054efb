// Input that nobody should give, to what ships: each piece of it is refused with a code, nothing traps, and the next call works.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { CandorError, load } from '../../dist/candor.js';
import { ask, call, cores, file, headerSize, loaded, module, outcome, packs, randomFrom, resealed } from './core.mjs';

const question = 'op=decide\nat=2026-11-20\nplace=DE\nchannel=chat\n';
const deployment = 'deployment.operator.name=Acme\ndeployment.assistants.helper.name=Ada\ndeployment.channels.chat.type=chat-widget\ndeployment.channels.chat.assistant=helper\n';

describe('the module', () => {
  it('imports nothing and exports what is published', () => {
    assert.deepEqual(WebAssembly.Module.imports(module), []);
    const published = ['candor_abi', 'candor_alloc', 'candor_answer', 'candor_call', 'candor_free', 'memory'];
    assert.deepEqual(WebAssembly.Module.exports(module).map(({ name }) => name).sort(), published);
    for (const create of Object.values(cores)) assert.deepEqual(Object.keys(create()).sort(), published);
  });
});

for (const [name, create] of Object.entries(cores)) {
  describe(name, () => {
    const rulebook = packs[0] ?? assert.fail();
    const core = loaded(create(), packs);
    const answer = call(core, question + deployment);
    assert.equal(JSON.parse(answer.toString()).type, 'success');
    const works = (/** @type {string} */ after) => assert.ok(call(core, question + deployment).equals(answer), `another answer after ${after}`);

    it('speaks protocol 1', () => assert.equal(core.candor_abi(), 1));

    it('has no room for what cannot fit, and ignores pointers that are no block', () => {
      for (const size of [0xffffffff, 0xfffffff8, 0x80000000, 0x7fffffff, 10_000_000]) assert.equal(core.candor_alloc(size), 0, `${size}`);
      for (const pointer of [0, 1, 7, 65_536, 0x7fffffff, 0xffffffff, core.candor_answer()]) core.candor_free(pointer);
      const block = core.candor_alloc(100);
      assert.ok(block > 0);
      core.candor_free(block);
      core.candor_free(block);
      assert.equal(core.candor_alloc(100), block);
      core.candor_free(block);
      works('frees');
    });

    it('refuses a thousand flipped bits, each', () => {
      const random = randomFrom(8);
      for (let i = 0; i < 1000; i++) {
        const bytes = Buffer.from(rulebook);
        // The first four bytes say that it is a pack at all.
        const bit = 32 + random(bytes.length * 8 - 32);
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        assert.equal(outcome(core, bytes), 'integrity ', `bit ${bit}`);
        if (i % 50 === 0) works(`bit ${bit}`);
      }
      works('flips');
    });

    it('refuses a file that is cut or longer', () => {
      for (let size = 4; size < rulebook.length; size += 97) assert.equal(outcome(core, rulebook.subarray(0, size)), 'integrity ', `${size} bytes`);
      assert.equal(outcome(core, Buffer.concat([rulebook, Buffer.alloc(1)])), 'integrity ');
      works('cuts');
    });

    // The twin runs the same code, a tenth of it is enough to see that it does.
    const rounds = name.endsWith('.wasm') ? 20_000 : 2000;
    it(`neither traps nor hangs on ${rounds} damages that are sealed`, () => {
      const random = randomFrom(9);
      const other = loaded(create(), packs);
      const targets = [rulebook, rulebook, file('sources.pack'), ...packs.slice(1, 4)];
      let refused = 0;
      for (let i = 0; i < rounds; i++) {
        const bytes = Buffer.from(targets[random(targets.length)] ?? rulebook);
        for (let n = 1 + random(3); n > 0; n--) bytes[headerSize + random(bytes.length - headerSize)] = random(256);
        refused += Number(ask(other, resealed(bytes)).type === 'failure');
        call(other, `op=explain\n${question.slice(10)}${deployment}`);
        if (i % 200 === 0) assert.ok(call(loaded(other, packs), question + deployment).equals(answer), `round ${i}`);
      }
      assert.ok(refused > rounds / 10);
      assert.ok(call(loaded(other, packs), question + deployment).equals(answer));
    });

    it('refuses every control character and what is no UTF-8', () => {
      const bad = [...Array(256).keys()].filter((byte) => (byte < 32 && byte !== 10) || byte > 126).map((byte) => [byte]);
      bad.push([0xc2, 0x80], [0xc2, 0x9f], [0xc0, 0x80], [0xe0, 0x80, 0x80], [0xed, 0xa0, 0x80], [0xf0, 0x80, 0x80, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82]);
      for (const bytes of bad) {
        const request = Buffer.concat([Buffer.from(`${question}${deployment}arg.action=`), Buffer.from(bytes), Buffer.from('x\n')]);
        assert.equal(outcome(core, request), 'bad-utf8 ', `${bytes}`);
        assert.equal(outcome(core, request.subarray(0, -2)), 'bad-utf8 ', `${bytes} at the end`);
      }
      works('broken UTF-8');
    });

    it('refuses too much, twice the same, and days that never were', () => {
      const lines = question + deployment;
      assert.equal(outcome(core, `${lines}arg.action=${'x'.repeat(70 * 1024)}\n`), 'too-large ');
      assert.equal(outcome(core, Buffer.alloc(300 * 1024, 'CNDR')), 'too-large ');
      assert.match(outcome(core, `${lines}at=2026-11-20\n`), /^duplicate-key \/at/);
      assert.match(outcome(core, `${lines}fact.obviousAi=true\nfact.obviousAi=true\n`), /^duplicate-key \/facts\/obviousAi/);
      for (const day of ['2026-02-30', 'NaN', '0000-00-00', 'Infinity', '2026-13-01', '']) {
        assert.equal(outcome(core, lines.replace('2026-11-20', day)), 'bad-date /at', day);
        assert.match(outcome(core, `${lines}fact.placedOnMarket=${day}\n`), /^unknown-value \/facts\/placedOnMarket/, day);
      }
      assert.match(outcome(core, `${lines}__proto__=x\nfact.__proto__=true\nplace=ZZ9\n`), /^unknown-key \/__proto__.*unknown-fact \/facts\/__proto__.*unknown-place \/jurisdictions\/1/);
      works('bad requests');
    });

    it('needs no more memory for 10,000 calls', () => {
      const before = core.memory.buffer.byteLength;
      const first = core.candor_alloc(64);
      core.candor_free(first);
      for (let i = 0; i < 10_000; i++) call(core, i % 10 ? `${question}${deployment}fact.employees=${i}\n` : `nonsense ${i}`);
      assert.equal(core.memory.buffer.byteLength, before);
      assert.equal(core.candor_alloc(64), first);
      core.candor_free(first);
      works('10,000 calls');
    });
  });
}

// --- the engine in TypeScript ----------------------------------------------------------------------------------------

/** 200,000 levels; built without recursion, so that only what reads it can fall over. */
function deep() {
  /** @type {any} */
  let value = {};
  for (let i = 0; i < 200_000; i++) value = i % 2 ? { deeper: value } : [value];
  return value;
}

/** A value that holds itself. */
function circular() {
  /** @type {any} */
  const value = { chat: { type: 'chat-widget' } };
  value.self = value;
  return value;
}

/** @type {Record<string, () => unknown>} */
const wrong = {
  null: () => null, number: () => 7, NaN: () => NaN, Infinity: () => Infinity, true: () => true, text: () => 'text', nothing: () => '', list: () => [], lists: () => [[[]]],
  'list of null': () => [null], object: () => ({}), nested: () => ({ a: { b: [1, { c: null }] } }), 'a day as a Date': () => new Date(0), function: () => () => 'DE', symbol: () => Symbol('DE'),
  bigint: () => 10n ** 30n, long: () => 'x'.repeat(10_000_000), 'control character': () => 'a\u0000b', 'line break': () => 'DE\nop=explain', 'lone surrogate': () => '\ud800', deep, circular,
  'JSON of __proto__': () => JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}'),
};

describe('the engine', async () => {
  const whole = {
    operator: { name: 'Acme', contact: 'a@acme.example', established: ['DE'], facts: { sector: 'retail' } },
    assistants: { helper: { name: 'Ada', facts: { aiUse: ['converse'] }, providers: [{ name: 'Vendor', policy: 'https://vendor.example/' }] } },
    channels: { chat: { type: 'chat-widget', assistant: 'helper', facts: { recorded: true } } },
    purposes: [{ id: 'ads', kind: 'advertising', shared: true, services: [{ id: 's', name: 'S', hosts: ['s.example'], cookies: [{ name: '_s' }], storage: ['s'] }] }],
    links: { privacy: { url: 'https://acme.example/', updated: '2026-05-21' } },
    platforms: ['jexi'], places: ['DE'], languages: ['de'], posture: 'strict', overrides: { de: { 'ai-interaction.title': 'KI' } },
    claims: [{ fact: 'obviousAi', value: true, reason: 'r', owner: 'o', date: '2026-11-01' }], vouch: ['answeredBy'],
    waivers: [{ rule: 'house-x', reason: 'r', owner: 'o', date: '2026-11-01', until: '2026-12-01' }],
  };
  const situation = {
    at: '2026-11-20', now: '2026-11-20T09:00:00Z', jurisdictions: ['DE'], channel: 'chat', languages: ['de'], facts: { obviousAi: false, aiUse: ['converse'] },
    consent: { v: 1, at: '2026-07-01T09:00:00Z', purposes: { ads: { state: 'granted', model: 'opt-in' } } }, posture: 'strict',
  };
  const [rules, ...locales] = packs;
  const make = (/** @type {any} */ handedOver) => load({ wasm: module, rules: rules ?? assert.fail(), locales, deployment: handedOver, timeout: 30_000 });
  const engine = await make(whole);
  const good = JSON.stringify(engine.decide(/** @type {any} */ (situation)));

  /** Every path of an object, and a copy with another value there. */
  const paths = (/** @type {any} */ value, /** @type {string[]} */ path = []) => /** @type {string[][]} */ (
    typeof value === 'object' ? [path, ...Object.keys(value).flatMap((key) => paths(value[key], [...path, key]))] : [path]).filter(({ length }) => length);
  const replaced = (/** @type {any} */ value, /** @type {string[]} */ [key = '', ...rest], /** @type {unknown} */ other) => {
    const copy = Array.isArray(value) ? [...value] : { ...value };
    copy[key] = rest.length ? replaced(copy[key], rest, other) : other;
    return copy;
  };

  const refusal = (/** @type {unknown} */ error, /** @type {string} */ about) => {
    assert.ok(error instanceof CandorError, `${about}: ${error instanceof Error ? error.stack : String(error)}`);
    assert.ok(error.errors.length > 0 && error.errors.every(({ code, path }) => /^[a-z-]+$/.test(code) && typeof path === 'string'), about);
    assert.ok(error.errors.every(({ code }) => code !== 'trap'), `${about}: ${error.message.slice(0, 200)}`);
  };

  for (const [kind, value] of Object.entries(wrong)) {
    it(`answers or refuses a situation with: ${kind}`, () => {
      for (const path of [...paths(situation), ['nonsense'], ['facts', 'nonsense']]) {
        try {
          engine.decide(/** @type {any} */ (replaced(situation, path, value())));
        } catch (error) {
          refusal(error, path.join('.'));
        }
      }
      assert.equal(JSON.stringify(engine.decide(/** @type {any} */ (situation))), good);
    });

    it(`answers or refuses a deployment with: ${kind}`, async () => {
      for (const path of [...paths(whole), ['nonsense'], ['channels', 'B B']]) {
        try {
          (await make(replaced(whole, path, value()))).decide(/** @type {any} */ (situation));
        } catch (error) {
          refusal(error, path.join('.'));
        }
      }
      assert.equal(JSON.stringify(engine.decide(/** @type {any} */ (situation))), good);
    });
  }

  it('answers or refuses what is no situation at all', () => {
    for (const [kind, value] of [...Object.entries(wrong), ['undefined', () => undefined]]) {
      try {
        engine.decide(/** @type {any} */ (/** @type {any} */ (value)()));
      } catch (error) {
        refusal(error, `${kind}`);
      }
    }
    assert.throws(() => engine.decide(/** @type {any} */ (null)), (error) => error instanceof CandorError && error.code === 'wrong-type');
    assert.throws(() => engine.decide(/** @type {any} */ ({ ...situation, jurisdictions: 'DE' })), (error) => error instanceof CandorError && error.code === 'wrong-type');
    assert.throws(() => engine.decide(/** @type {any} */ ({ ...situation, consent: deep() })), (error) => error instanceof CandorError && error.code === 'too-deep');
    assert.throws(() => engine.decide(/** @type {any} */ ({ ...situation, languages: ['de', 'x'.repeat(10_000_000)] })), (error) => error instanceof CandorError && error.code === 'too-large');
    assert.equal(JSON.stringify(engine.decide(/** @type {any} */ (situation))), good);
  });

  it('leaves prototypes alone', () => assert.equal(/** @type {any} */ ({}).polluted, undefined));
});

// --- the command lines -----------------------------------------------------------------------------------------------

describe('the command lines', () => {
  const folder = 'build/hostile';
  mkdirSync(folder, { recursive: true });
  const sound = `${folder}/sound.json`;
  writeFileSync(sound, '{"operator":{"name":"Acme"},"channels":{"chat":{"type":"chat-widget"}}}');
  const commands = [['build/native/candor'], [process.execPath, 'wasm/cli.mjs']];
  const run = (/** @type {string[]} */ [program = '', ...words]) => /** @type {Promise<{ status: number | null, out: string }>} */ (new Promise((resolve, reject) => {
    const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'ignore'] });
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text) => { out += text; });
    child.on('error', reject).on('close', (status) => resolve({ status, out }));
  }));

  const depth = 200_000;
  /** @type {Record<string, [string | Buffer, RegExp]>} */
  const documents = {
    'deep lists': ['['.repeat(depth) + ']'.repeat(depth), /too-deep/],
    'deep objects': ['{"a":'.repeat(depth) + '1' + '}'.repeat(depth), /too-deep/],
    'deep and cut': ['[{"a":'.repeat(depth / 2), /too-deep/],
    'ten megabytes': [`{"operator":{"name":"${'x'.repeat(10_000_000)}"}}`, /too-large/],
    'ten megabytes of nothing': [Buffer.alloc(10_000_000, ' '), /too-large/],
    'broken UTF-8': [Buffer.from('{"operator":{"name":"\xc3("}}', 'latin1'), /bad-json/],
    'an overlong form': [Buffer.from('{"operator":{"name":"\xc0\x80"}}', 'latin1'), /bad-json/],
    'a lone surrogate': ['{"operator":{"name":"\\ud800"}}', /bad-json/],
    'a NUL': [Buffer.from('{"operator":\0{}}'), /bad-json/],
    'an escaped NUL': ['{"operator":{"name":"a\\u0000b"},"channels":{"chat":{"type":"website"}}}', /control-character/],
    'duplicate keys': ['{"operator":{"name":"A","name":"B"}}', /duplicate-key/],
    'NaN': ['{"operator":{"name":NaN}}', /bad-json/],
    'an impossible number': ['{"operator":{"name":1e999}}', /wrong-type|bad-json/],
    'wrong types': ['{"operator":7,"assistants":[],"channels":"chat","purposes":{},"places":true,"links":[[]],"claims":{"a":1},"waivers":0}', /wrong-type/],
    'no object': ['[]', /wrong-type/],
    'nothing': ['', /bad-json/],
    '__proto__': ['{"__proto__":{"x":1},"operator":{"name":"A"},"channels":{"chat":{"type":"website","__proto__":{}}}}', /unknown-key/],
  };
  for (const [name, [text, code]] of Object.entries(documents)) {
    it(`refuse ${name} alike`, async () => {
      const path = `${folder}/${name.replaceAll(' ', '-')}.json`;
      writeFileSync(path, text);
      for (const words of [['--deployment', path, '--situation', sound], ['--deployment', sound, '--situation', path]]) {
        const [native, npx] = await Promise.all(commands.map((command) => run([...command, 'decide', ...words])));
        assert.equal(native?.status, 2);
        assert.deepEqual(npx, native);
        assert.equal(JSON.parse(native?.out ?? '').type, 'failure');
        assert.match(native?.out ?? '', words[1] === path ? code : /"code":"/);
      }
      assert.ok(readFileSync(path).length === Buffer.byteLength(text));
    });
  }
});
