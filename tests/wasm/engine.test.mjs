// The engine in Node, on what ships.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createHash } from 'node:crypto';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const globalsBefore = Reflect.ownKeys(globalThis).length;
const { CandorError, load } = await import('../../dist/candor.js');
const widget = await import('../../dist/widget.js');
const globalsAfter = Reflect.ownKeys(globalThis).length;

const dist = new URL('../../dist/', import.meta.url);
const file = (name) => readFileSync(new URL(name, dist));
const sri = (bytes) => `sha384-${createHash('sha384').update(bytes).digest('base64')}`;
const deployment = {
  operator: { name: 'Acme GmbH' },
  assistants: { helper: { name: 'Ada' } },
  channels: { chat: { type: 'chat-widget', assistant: 'helper' }, shop: { type: 'website' } },
  purposes: [{ id: 'ads', kind: 'advertising', shared: true }],
};
const packs = { rules: file('rules.pack'), locales: [file('locales/de.pack'), file('locales/en.pack')], sources: file('sources.pack') };
const inGermany = { at: '2026-11-20', jurisdictions: ['DE'], channel: 'chat', languages: ['de-AT'] };
const twin = new URL('candor.nowasm.js', dist);

/** Serves dist/; `tamper(name, bytes)` gives other bytes, or null: never answers. */
async function serve(tamper = (name, bytes) => bytes) {
  const server = createServer((request, response) => {
    const name = request.url.slice(1);
    const bytes = tamper(name, file(name));
    if (bytes) response.writeHead(200, { 'content-type': name.endsWith('.wasm') ? 'application/wasm' : 'text/javascript' }).end(bytes);
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (name) => new URL(name, `http://127.0.0.1:${server.address().port}/`);
}

const refusedWith = (code) => (error) => error instanceof CandorError && error.code === code && error.errors.length > 0;

describe('load', () => {
  it('decides from bytes, and says why', async () => {
    const engine = await load({ wasm: file('candor.wasm'), ...packs, deployment });
    const decision = engine.decide(inGermany);
    const notice = decision.notices.find(({ topic }) => topic === 'ai-interaction');
    assert.equal(notice.lang, 'de');
    assert.deepEqual(engine.languages, ['de', 'en']);
    const obligation = decision.obligations.find(({ rule }) => rule === 'eu-ai-act-50-1');
    assert.ok(obligation.because.includes('aiUse=converse (presumed)'));
    assert.match(obligation.source.url, /^https:/);
    assert.equal(decision.rules, engine.rules);
  });

  it('takes a module, a response, the text of a pack, and a twin by function', async () => {
    const module = await WebAssembly.compile(file('candor.wasm'));
    const { default: instantiate } = await import(twin.href);
    const text = async (name) => (await import(new URL(`${name}.js`, dist).href)).default;
    const texts = { rules: await text('rules.pack'), locales: [await text('locales/de.pack')], deployment };
    const engines = await Promise.all([
      load({ wasm: module, ...packs, deployment }),
      load({ wasm: new Response(file('candor.wasm')), ...packs, deployment }),
      load({ wasm: module, ...texts }),
      load({ twin: instantiate, ...packs, deployment }),
    ]);
    const answers = engines.map((engine) => engine.decide(inGermany).notices[0].text.title);
    assert.equal(new Set(answers).size, 1);
  });

  it('takes the twin where WebAssembly is refused, missing, broken or late, with the same answer', async () => {
    const expected = (await load({ wasm: file('candor.wasm'), ...packs, deployment })).decide(inGermany);
    const cut = file('candor.wasm').subarray(0, 1000);
    assert.deepEqual((await load({ wasm: cut, twin, ...packs, deployment })).decide(inGermany), expected);

    const silent = await serve((name, bytes) => (name.endsWith('.wasm') ? null : bytes));
    assert.deepEqual((await load({ wasm: silent('candor.wasm'), twin, ...packs, deployment })).decide(inGermany), expected);

    const { WebAssembly: kept } = globalThis;
    delete globalThis.WebAssembly;
    try {
      assert.deepEqual((await load({ wasm: file('candor.wasm'), twin, ...packs, deployment })).decide(inGermany), expected);
    } finally {
      globalThis.WebAssembly = kept;
    }
  });

  it('imports the module of a pack that cannot be fetched', async () => {
    const engine = await load({ wasm: file('candor.wasm'), rules: new URL('rules.pack', dist), locales: [new URL('locales/de.pack', dist)], deployment });
    assert.equal(engine.decide(inGermany).notices[0].lang, 'de');
  });

  it('gives up in time', async () => {
    const silent = await serve(() => null);
    const start = performance.now();
    await assert.rejects(load({ wasm: silent('candor.wasm'), ...packs, deployment }), refusedWith('timeout'));
    assert.ok(performance.now() - start < 1200);
    await assert.rejects(load({ wasm: file('candor.wasm'), rules: silent('rules.pack'), timeout: 100 }), refusedWith('timeout'));
  });

  it('refuses what it cannot have or read', async () => {
    await assert.rejects(load({ ...packs }), refusedWith('unavailable'));
    await assert.rejects(load({ wasm: file('candor.wasm'), rules: 'not an address' }), refusedWith('unavailable'));
    await assert.rejects(load({ wasm: file('candor.wasm'), rules: packs.rules.subarray(0, 500) }), refusedWith('integrity'));
    await assert.rejects(load({ wasm: file('candor.wasm'), rules: packs.locales[0] }), refusedWith('bad-pack'));
  });
});

describe('the text of a pack', async () => {
  // Not exported: bundled here from its source.
  const { outputFiles: [source] } = await build({ entryPoints: ['widget/src/engine/pack-text.ts'], bundle: true, format: 'esm', write: false });
  const { bytesOfPackText } = await import(`data:text/javascript,${encodeURIComponent(source.text)}`);
  const character = (byte) => {
    if (!byte) return '%';
    if (byte >= 127 && byte < 219) return `#${String.fromCharCode(byte - 92)}`;
    return byte < 32 || byte >= 219 || '#$%'.includes(String.fromCharCode(byte)) ? `$${String.fromCharCode((byte - 184) & 255)}` : String.fromCharCode(byte);
  };

  it('holds every byte', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    assert.deepEqual(bytesOfPackText([...bytes].map(character).join('')), bytes);
  });

  it('is what the bake wrote', async () => {
    for (const name of ['rules.pack', 'sources.pack', ...readdirSync(new URL('locales/', dist)).filter((each) => each.endsWith('.pack')).map((each) => `locales/${each}`)]) {
      const { default: text } = await import(new URL(`${name}.js`, dist).href);
      assert.match(text, /^CNDR\$[ -~]*$/);
      assert.ok(Buffer.from(bytesOfPackText(text)).equals(file(name)), name);
    }
  });
});

describe('integrity', () => {
  const names = ['candor.wasm', 'candor.nowasm.js', 'rules.pack', 'locales/de.pack'];
  const integrity = Object.fromEntries(names.map((name) => [name, sri(file(name))]));
  const from = (at, more) => load({
    wasm: at('candor.wasm'), twin: at('candor.nowasm.js'), rules: at('rules.pack'), locales: [at('locales/de.pack')], deployment, integrity, timeout: 5000, ...more,
  });
  const damages = {
    truncated: (bytes) => bytes.subarray(0, bytes.length - 7),
    flipped: (bytes) => Buffer.from(bytes).fill(bytes[bytes.length >> 1] ^ 4, bytes.length >> 1, (bytes.length >> 1) + 1),
    swapped: () => file('locales/en.pack'),
  };

  it('takes the files that were built', async () => {
    const at = await serve();
    assert.equal((await from(at)).decide(inGermany).notices[0].lang, 'de');
    assert.ok(await from(at, { integrity: Object.values(integrity).join(' ') }));
  });

  for (const [damage, damaged] of Object.entries(damages)) {
    for (const name of ['candor.wasm', 'rules.pack', 'locales/de.pack']) {
      it(`refuses a ${damage} ${name}`, async () => {
        const at = await serve((asked, bytes) => (asked === name ? damaged(bytes) : bytes));
        await assert.rejects(from(at), refusedWith('integrity'));
      });
    }
  }

  it('refuses a damaged twin', async () => {
    const at = await serve((asked, bytes) => (asked === 'candor.nowasm.js' ? damages.flipped(bytes) : bytes));
    await assert.rejects(from(at, { wasm: undefined }), refusedWith('integrity'));
  });

  it('refuses a file that no hash is given for', async () => {
    const at = await serve();
    await assert.rejects(from(at, { integrity: { 'candor.wasm': integrity['candor.wasm'] } }), refusedWith('integrity'));
  });
});

describe('an engine', async () => {
  const engine = await load({ wasm: file('candor.wasm'), ...packs, deployment });

  it('takes an assistant that states nothing', async () => {
    const silent = { ...deployment, assistants: { helper: {} } };
    const { decide } = await load({ wasm: file('candor.wasm'), ...packs, deployment: silent });
    assert.ok(decide(inGermany).notices.some(({ topic }) => topic === 'ai-interaction'));
  });

  it('refuses what would break a line, and keys it does not know', () => {
    for (const text of ['DE\nop=explain', 'DE\r', 'D\u0000E', 'DE\u0085'])
      assert.throws(() => engine.decide({ ...inGermany, jurisdictions: [text] }), refusedWith('control-character'));
    assert.throws(() => engine.decide({ ...inGermany, facts: { 'generative=true\nx': true } }), refusedWith('control-character'));
    assert.throws(() => engine.decide({ ...inGermany, jurisdiction: 'DE' }), refusedWith('unknown-key'));
  });

  it('passes on what the core refuses, with paths', () => {
    assert.throws(() => engine.decide({ ...inGermany, jurisdictions: ['ZZ9'], facts: { nonsense: true } }), (error) => {
      assert.deepEqual(error.errors.map(({ path }) => path).sort(), ['/facts/nonsense', '/jurisdictions/0']);
      return error instanceof CandorError;
    });
    assert.ok(engine.decide(inGermany).notices.length);
  });

  it('holds a wrong clock to the rulebook', async () => {
    const by = async (day) => {
      const { decide, built } = await load({ wasm: file('candor.wasm'), ...packs, deployment, now: () => new Date(day) });
      const { at, warnings } = decide({ ...inGermany, at: undefined });
      return { at, built, warned: warnings.some(({ code }) => code === 'clock') };
    };
    const early = await by('1999-01-01T12:00:00');
    assert.deepEqual(early, { at: early.built, built: early.built, warned: true });
    const late = await by('2199-01-01T12:00:00');
    assert.equal(Date.parse(late.at) - Date.parse(late.built), 400 * 86_400_000);
    assert.ok(late.warned);
    assert.equal((await by(Number.NaN)).at, early.built);
    assert.deepEqual(await by('2026-12-24T23:30:00'), { at: '2026-12-24', built: early.built, warned: false });
    assert.equal(engine.decide({ ...inGermany, at: '2020-01-01' }).at, '2020-01-01');
  });

  it('takes choices, and reads its own record', () => {
    const shop = { ...inGermany, channel: 'shop' };
    assert.equal(engine.decide(shop).consent.purposes.ads.state, 'denied');
    assert.ok(engine.decide(shop).consent.prompt);
    const { decision, record } = engine.consent(shop, { type: 'accept-all', now: '2026-11-20T09:00:00Z' });
    assert.equal(decision.consent.purposes.ads.state, 'granted');
    const again = engine.decide({ ...shop, consent: record }).consent;
    assert.deepEqual([again.prompt, again.purposes.ads.state], [false, 'granted']);
    const chosen = engine.consent(shop, { type: 'choose', purposes: { ads: 'denied' }, now: '2026-11-20T09:00:00Z' });
    assert.equal(chosen.decision.consent.purposes.ads.standing, 'denied');
  });

  it('explains what does not apply', () => {
    const { trace } = engine.explain({ ...inGermany, facts: { answeredBy: 'human' } });
    assert.ok(trace.some(({ rule, outcome }) => rule === 'eu-ai-act-50-1' && outcome === 'unmet'));
  });

  it('believes no exception in a page that the deployment does not vouch for', async () => {
    const facts = { answeredBy: 'human', obviousAi: true };
    assert.deepEqual(engine.decide({ ...inGermany, facts }).claims.map(({ fact, by }) => [fact, by]), [['answeredBy', 'situation'], ['obviousAi', 'situation']]);
    globalThis.Document = class {};
    try {
      const inPage = await load({ wasm: file('candor.wasm'), ...packs, deployment: { ...deployment, vouch: ['answeredBy'] } });
      const { claims, warnings } = inPage.decide({ ...inGermany, facts });
      assert.deepEqual(claims.map(({ fact }) => fact), ['answeredBy']);
      assert.ok(warnings.some(({ code, path }) => code === 'claim-not-vouched' && path === '/facts/obviousAi'));
    } finally {
      delete globalThis.Document;
    }
  });

  it('drops a core that trapped and works on', async () => {
    const { default: instantiate } = await import(twin.href);
    let cores = 0;
    let trap = false;
    const trapping = await load({
      ...packs,
      deployment,
      // The real core, with a fault put into one call.
      twin() {
        cores++;
        const core = instantiate();
        return { ...core, memory: core.memory, candor_call: (...input) => (trap ? core.candor_call(-1, 2 ** 30, (() => { throw new RangeError('trap'); })()) : core.candor_call(...input)) };
      },
    });
    trap = true;
    assert.throws(() => trapping.decide(inGermany), refusedWith('trap'));
    trap = false;
    assert.ok(trapping.decide(inGermany).notices.length);
    assert.equal(cores, 2);
  });
});

describe('what ships', () => {
  it('does nothing when imported without a page', () => {
    assert.equal(globalsAfter, globalsBefore);
    assert.equal(typeof widget.mount, 'function');
  });

  it('is ASCII', () => {
    const scripts = ['', 'js/', 'locales/'].flatMap((folder) => readdirSync(new URL(folder || '.', dist)).filter((name) => name.endsWith('.js')).map((name) => folder + name));
    assert.ok(scripts.length >= 10);
    for (const name of scripts) assert.ok(file(name).every((byte) => byte < 128), name);
  });

  it('has one placeholder in each template, inside a string', () => {
    const templates = readdirSync(new URL('js/', dist)).filter((name) => name.endsWith('.iife.js'));
    assert.deepEqual(templates.sort(), ['one-consent.iife.js', 'one.iife.js', 'plan-consent.iife.js', 'plan.iife.js', 'split.iife.js']);
    for (const name of templates) assert.equal(file(`js/${name}`).toString().match(/"@candor-data@"/g)?.length, 1, name);
  });

  it('types everything that is exported', () => {
    for (const [name, module] of [['candor', 'CandorError'], ['widget', 'mountAll']])
      assert.match(readFileSync(fileURLToPath(new URL(`${name}.d.ts`, dist)), 'utf8'), new RegExp(module));
  });
});
