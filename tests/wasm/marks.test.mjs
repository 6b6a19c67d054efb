// Marks: what the core says to write on output of AI, and what is read back out of content; natively, in WebAssembly and in the twin.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseDictionary, Token } from 'structured-headers';
import { load } from '../../dist/candor.js';
import { call, cores, file, languages, loaded, outcome, packs } from './core.mjs';

const deployment = {
  operator: { name: 'Acme "GmbH"' },
  assistants: { helper: { name: 'Ada', providers: [{ name: 'Anthropic, PBC' }], facts: { placedOnMarket: '2026-10-01' } } },
  channels: {
    chat: { type: 'chat-widget', assistant: 'helper' }, mail: { type: 'email', assistant: 'helper' }, shop: { type: 'website', assistant: 'helper' },
    blog: { type: 'website', assistant: 'helper', facts: { aiUse: ['generate'] } },
  },
};
const engine = await load({ wasm: file('candor.wasm'), rules: file('rules.pack'), locales: ['en', ...languages.filter((tag) => tag !== 'en')].map((tag) => file(`locales/${tag}.pack`)), deployment });
const situation = (/** @type {Record<string, any>} */ facts = {}, channel = 'chat', places = ['DE']) => ({ at: '2026-11-20', jurisdictions: places, channel, languages: ['de'], facts });
/** What is to be written, by form. */
const values = (/** @type {any} */ about, /** @type {any} */ output) => Object.assign({}, ...engine.mark(about, output).marks.map((mark) => mark.values));
const found = (/** @type {string} */ content) => engine.readMarks(content).map(({ form, value, origins, conflict }) => `${form} ${value} [${origins}]${conflict ? ' conflict' : ''}`);

describe('what is written', () => {
  it('says the same of one origin in every vocabulary', () => {
    const said = (/** @type {any} */ facts) => {
      const { 'html-attribute': attribute, meta, 'json-ld': data, 'http-header': header, 'email-header': mail } = values(situation(facts));
      assert.equal(meta, attribute);
      assert.equal(mail, header);
      return [attribute, JSON.parse(data).digitalSourceType, String(parseDictionary(header).get('mode')?.[0])];
    };
    const trained = 'https://schema.org/TrainedAlgorithmicMediaDigitalSource';
    assert.deepEqual(said({}), ['ai-autonomous', trained, 'machine-generated']);
    for (const reviewed of [{ humanReview: 'substantive' }, { answeredBy: 'human-reviewed' }, { aiUse: ['summarise'] }])
      assert.deepEqual(said(reviewed), ['ai-generated', trained, 'ai-originated']);
    assert.deepEqual(said({ aiUse: ['translate'] }), ['ai-assisted', 'https://schema.org/CompositeWithTrainedAlgorithmicMediaDigitalSource', 'ai-modified']);
    assert.deepEqual(said({ aiOrigin: 'ai-assisted' }), ['ai-assisted', 'https://schema.org/CompositeWithTrainedAlgorithmicMediaDigitalSource', 'ai-modified']);
    assert.equal(values(situation({ aiUse: ['generate'], contentType: ['image'] })).iptc, 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia');
  });

  it('is a dictionary of structured fields, whatever stands in the names', () => {
    const header = values(situation({ generatedOn: '2026-11-19' }), { model: 'm"\\1, mode=none' })['http-header'];
    assert.deepEqual([...parseDictionary(header)].map(([key, [value]]) => [key, value]), [
      ['mode', new Token('machine-generated')], ['model', 'm"\\1, mode=none'], ['provider', 'Anthropic, PBC'], ['date', new Date('2026-11-19')],
    ]);
    // What no such string can hold is left out.
    assert.equal(values(situation(), { model: 'Modèle' })['http-header'], 'mode=machine-generated, provider="Anthropic, PBC"');
    assert.ok(!values(situation({ generatedOn: '2500-01-01' }))['http-header'].includes('date'));
  });

  it('makes nothing up: where nothing is due or the origin is not known, nothing is written', () => {
    assert.deepEqual(values(situation({}, 'shop')), {});
    assert.equal(values(situation({}, 'blog')).meta, 'ai-generated');
    assert.deepEqual(engine.mark(situation({ aiUse: [] })).marks, []);
    assert.deepEqual(engine.mark(situation({ answeredBy: 'human' })).marks, []);
    assert.ok(engine.mark(situation({}, 'shop')).marks.some(({ forms }) => forms.includes('meta')));
  });

  it('is the JSON of GB 45438 where an id is known', () => {
    const abroad = situation({ exported: true, contentType: ['image'] }, 'chat', ['CN']);
    assert.deepEqual(JSON.parse(values(abroad, { id: 'a-1' })['aigc-json']), {
      AIGC: { Label: '1', ContentProducer: 'Acme "GmbH"', ProduceID: 'a-1', ReservedCode1: '', ContentPropagator: 'Acme "GmbH"', PropagateID: 'a-1', ReservedCode2: '' },
    });
    assert.ok(engine.mark(abroad).marks.some(({ forms }) => forms.includes('aigc-json')));
    assert.equal(values(abroad)['aigc-json'], undefined);
  });
});

describe('what is read', () => {
  it('knows each form', () => {
    assert.deepEqual(found('<META content=mixed name="AI-disclosure">'), ['meta mixed [mixed]']);
    assert.deepEqual(found('<p\n  data-ai-disclosure="Autonomous">'), ['html-attribute autonomous [ai-autonomous]']);
    assert.deepEqual(found('{"digitalSourceType": "https://schema.org/TrainedAlgorithmicMediaDigitalSource"}'), ['json-ld trainedalgorithmicmedia [ai-generated,ai-autonomous]']);
    assert.deepEqual(found('{"digitalSourceType":"http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"}'), ['json-ld digitalcapture [none]']);
    assert.deepEqual(found('<d Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia">'), ['iptc compositewithtrainedalgorithmicmedia [ai-assisted]']);
    for (const header of ['mode=ai-originated; model="gpt-4"; date=@1', 'model="a, \\"mode=none", mode=ai-originated', 'date=@1,mode=ai-originated'])
      assert.deepEqual(found(`X: y\nAI-Disclosure: ${header}\r\n`), ['http-header ai-originated [ai-generated]'], header);
    assert.deepEqual(found('<p>AI-generated</p>'), ['text AI-generated [ai-assisted,ai-generated,ai-autonomous]']);
    assert.deepEqual(found('AI · KI-generiert\n\nHallo'), ['text AI · KI-generiert [ai-assisted,ai-generated,ai-autonomous]']);
  });

  it('takes nothing else for a mark', () => {
    for (const content of ['', '<', '<meta name="ai-disclosure"', 'ai-disclosure="none"', '<p>ai-disclosure="none"</p>', '<!-- <meta name="ai-disclosure" content="none"> -->',
      '<!-- never closed <meta name="ai-disclosure" content="none">', '<p x-ai-disclosure="none">', '<p ai-disclosure>', '<meta name="description" content="ai-disclosure">',
      'AI-generated text is everywhere', '<p>AI-generated text</p>', 'AI-Disclosure: model="mode=none"', 'the digitalSourceType of an image', 'AI-Disclosure:'])
      assert.deepEqual(found(content), [], content);
  });

  it('says what means nothing, and never takes it for none', () => {
    assert.deepEqual(found('<p ai-disclosure="robot"><meta name="ai-disclosure" content="yes">'), ['html-attribute robot []', 'meta yes []']);
  });

  it('says what contradicts: a page its page, an element itself, and nobody the other', () => {
    const page = '<meta name="ai-disclosure" content="ai-assisted">';
    assert.deepEqual(found(`${page}<p ai-disclosure="ai-generated"></p><p ai-disclosure="none"></p>`).filter((each) => each.endsWith('conflict')), []);
    assert.deepEqual(found(`${page}{"digitalSourceType":"x/TrainedAlgorithmicMediaDigitalSource"}`).at(-1), 'json-ld trainedalgorithmicmedia [ai-generated,ai-autonomous] conflict');
    assert.deepEqual(found('<p ai-disclosure="none" data-ai-disclosure="ai-generated">').at(-1), 'html-attribute ai-generated [ai-generated] conflict');
    assert.match(found('<p>AI-generated</p><meta name="ai-disclosure" content="none">').at(-1) ?? '', /^meta none .* conflict$/);
    assert.deepEqual(found('<meta name="ai-disclosure" content="mixed"><p>AI-generated</p>').filter((each) => each.endsWith('conflict')), []);
  });

  it('reads 60 KB of anything in no time, and refuses more than 64', () => {
    const began = performance.now();
    for (const piece of ['<meta name=ai-disclosure ', 'ai-disclosure', '<!--', 'AI-Disclosure: mode=x,', '<', '>', '"', 'digitalsourcetype/', ' data-ai-disclosure='])
      assert.ok(engine.readMarks(piece.repeat(Math.floor(60_000 / piece.length))).length < 5000);
    assert.ok(performance.now() - began < 2000, 'some of it takes more than linear time');
    assert.throws(() => engine.readMarks('x'.repeat(10_000_000)), { code: 'too-large' });
    assert.throws(() => engine.readMarks('x'.repeat(65_536)), { code: 'too-large' });
    assert.deepEqual(found('\ud800\u0000\u009f<p ai-disclosure=none>'), ['html-attribute none [none]']);
  });
});

describe('candor mark', () => {
  const folder = mkdtempSync(join(tmpdir(), 'candor-marks-'));
  after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'candor.json'), JSON.stringify(deployment));
  const root = fileURLToPath(new URL('../..', import.meta.url));
  /** Both command lines, which must do the same. */
  const candor = (/** @type {string[]} */ words, /** @type {string | Buffer} */ input, status = 0) => {
    const [native, wasm] = [[join(root, 'build/native/candor')], [process.execPath, join(root, 'wasm/cli.mjs')]]
      .map(([program = '', ...rest]) => spawnSync(program, [...rest, 'mark', ...words], { cwd: folder, input }));
    assert.equal(native?.status, status, native?.stderr.toString());
    assert.deepEqual([wasm?.status, wasm?.stdout, wasm?.stderr], [status, native?.stdout, native?.stderr]);
    return { out: native?.stdout.toString() ?? '', err: native?.stderr.toString() ?? '' };
  };
  const marked = (/** @type {any} */ about, /** @type {string} */ content, ...more) => {
    writeFileSync(join(folder, 's.json'), JSON.stringify(about));
    return candor(['--deployment', 'candor.json', '--situation', 's.json', ...more], content);
  };
  const nowhere = { ...situation(), jurisdictions: [] };

  it('marks a page, a piece of HTML and plain text, once', () => {
    const page = marked(nowhere, '<!doctype html>\n<html lang="de"><head><title>x</title></head>\n<body class="a"><p>Hallo</p></body></html>\n').out;
    assert.equal(page, `<!doctype html>
<html lang="de"><head>
<meta name="ai-disclosure" content="ai-autonomous">
<script type="application/ld+json">{"@context":"https://schema.org","@type":"CreativeWork","digitalSourceType":"https://schema.org/TrainedAlgorithmicMediaDigitalSource"}</script>
<title>x</title></head>
<body class="a">
<p lang="de" dir="ltr">AI · KI-generiert</p>
<p>Hallo</p></body></html>
`);
    const piece = marked(nowhere, '<p>Hallo</p>').out;
    assert.equal(piece, '<div ai-disclosure="ai-autonomous" data-ai-disclosure="ai-autonomous">\n<p lang="de" dir="ltr">AI · KI-generiert</p>\n<p>Hallo</p>\n</div>\n');
    const text = marked(nowhere, 'Hallo\n').out;
    assert.equal(text, 'AI · KI-generiert\n\nHallo\n');
    for (const once of [page, piece, text]) assert.equal(marked(nowhere, once).out, once);
    // A page keeps the one `meta` that it has, and what others marked.
    const theirs = '<html><meta name="ai-disclosure" content="mixed"><body><p ai-disclosure="none">I wrote this.</p></body></html>';
    assert.equal(marked(nowhere, theirs).out.match(/name="ai-disclosure"/g)?.length, 1);
    assert.match(marked(nowhere, theirs).out, /content="mixed".*ai-disclosure="none"/s);
  });

  it('reads back what it wrote, of every content and origin', () => {
    for (const contentType of ['text', 'image', 'audio', 'video'])
      for (const aiOrigin of ['ai-assisted', 'ai-generated', 'ai-autonomous']) {
        const about = { ...nowhere, facts: { aiOrigin, contentType: [contentType] } };
        const { out } = marked(about, '<html><body>x</body></html>');
        const read = JSON.parse(candor(['--verify'], out).out).value.marks;
        const due = engine.mark(about).marks.flatMap(({ forms }) => forms);
        const written = ['text', 'meta', 'json-ld'].filter((form) => due.includes(/** @type {any} */ (form)));
        assert.deepEqual(read.map((/** @type {any} */ { form }) => form), written);
        for (const { form, origins, conflict } of read) assert.ok(!conflict && origins.includes(aiOrigin), `${contentType} ${form}`);
        for (const form of ['iptc', 'http-header']) {
          const value = values(about)[form];
          if (value) assert.ok(engine.readMarks(form === 'iptc' ? value : `AI-Disclosure: ${value}`)[0]?.origins.includes(/** @type {any} */ (aiOrigin)), form);
        }
      }
  });

  it('prints the header, and says what it leaves to others', () => {
    const { out, err } = marked({ ...nowhere, facts: { contentType: ['image'], aiOrigin: 'ai-generated' } }, '', '--header', '--model', 'm');
    assert.equal(out, '');
    assert.match(err, /candor: \/marks: the form `c2pa` is due and is not written here/);
    assert.equal(marked(nowhere, '', '--header', '--model', 'm\n1').out, 'AI-Disclosure: mode=machine-generated, model="m 1", provider="Anthropic, PBC"\n');
  });

  it('refuses what is too large and what is no UTF-8', () => {
    const refused = (/** @type {string | Buffer} */ input) => JSON.parse(candor(['--verify'], input, 2).out).errors[0].code;
    assert.equal(refused('x'.repeat(10_000_000)), 'too-large');
    for (const broken of ['ff', 'c3', 'eda080', 'c080', 'f4908080']) assert.equal(refused(Buffer.from(broken, 'hex')), 'bad-utf8', broken);
    candor([], '', 2);
    candor(['--verify', '--deployment', 'none.json'], '', 2);
  });

  it('answers --verify as the cores do, byte for byte', () => {
    for (const content of ['<p ai-disclosure="none">é</p>', 'AI-generated  x', '{"digitalSourceType":"a/b"}', '']) {
      const { out } = candor(['--verify'], content);
      for (const create of Object.values(cores)) assert.equal(`${call(loaded(create(), packs), `op=read-marks\narg.content=${content}\n`)}\n`, out);
    }
  });
});

for (const [name, create] of Object.entries(cores)) {
  it(`${name} asks for content, and for nothing else, to read marks`, () => {
    const core = loaded(create(), packs);
    assert.equal(outcome(core, 'op=read-marks\n'), 'missing-key /arg/content');
    assert.equal(outcome(core, 'op=read-marks\narg.content=\n'), 'success');
    assert.equal(outcome(core, 'op=mark\n'), 'missing-key /at');
  });
}
