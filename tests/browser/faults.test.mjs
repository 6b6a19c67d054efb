// What may go wrong with a page, its files, its browser and its other scripts: each ends with the notice shown and the gates closed.
// Files that are blocked, slow, truncated or swapped: loading.test.mjs. Policies: policy.test.mjs. Storage: choices-storage.test.mjs.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { built, dist, events, open, root, site, until } from './support.mjs';

const deployment = {
  operator: { name: 'Acme GmbH' }, assistants: { helper: { name: 'Ada' } },
  channels: { chat: { type: 'chat-widget', assistant: 'helper' } },
  purposes: [{ id: 'ads', kind: 'advertising', services: [{ id: 'net', name: 'AdNet', recipient: 'AdNet Inc.', policy: 'https://adnet.example/' }] }],
  links: { privacy: { url: 'https://acme.example/privacy' }, 'ai-use': { url: 'https://acme.example/ai' } }, vouch: ['answeredBy'],
};
const tag = (config = '/candor.json', more = '') => `<script src="/dist/candor.iife.js" data-config="${config}" data-channel="chat" data-target="#chat" ${more}></script>`;
const page = ({ scripts = tag(), head = '', lang = 'en' } = {}) => `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>Acme</title>
<meta name="viewport" content="width=device-width"><meta name="candor-place" content="DE">${head}</head><body><main><div id="chat"><p>Hi</p></div></main>
<script type="text/plain" data-candor="ads">globalThis.ads = true</script><img alt="" data-candor="ads" data-src="/pixel.gif">${scripts}</body></html>`;

/** Markup in every text that a configuration can hold, and addresses that would run. */
const evil = '"><img src=x onerror="globalThis.pwned=1"><script>globalThis.pwned=1</' + 'script>';
const hostile = {
  ...deployment, operator: { name: evil, contact: evil }, assistants: { helper: { name: evil, providers: [{ name: evil, policy: 'javascript:globalThis.pwned=1' }] } },
  purposes: [{ id: 'ads', kind: 'advertising', services: [{ id: 'net', name: evil, recipient: evil, policy: 'javascript:globalThis.pwned=1', hosts: [evil], cookies: [{ name: evil }], storage: [evil] }] }],
  links: Object.fromEntries(['privacy', 'ai-use', 'cookies', 'withdraw'].map((id) => [id, { url: 'javascript:globalThis.pwned=1' }])),
  overrides: { en: { 'ai-interaction.title': `AI system ${evil}`, 'ai-limits.body': evil } },
};
const polluting = JSON.stringify(deployment).replace('{', '{"__proto__":{"polluted":true,"channels":{}},"constructor":{"prototype":{"polluted":true}},');

const pages = {
  '/': page(), '/candor.json': JSON.stringify(deployment), '/missing': page({ scripts: tag('/nowhere.json') }),
  '/hostile': page({ scripts: tag('/hostile.json') }), '/hostile.json': JSON.stringify(hostile),
  '/polluting': page({ scripts: tag('/polluting.json') }), '/polluting.json': polluting,
  '/twice': page({ scripts: tag() + tag() }), '/receipts': page({ scripts: tag('/candor.json', 'data-receipts') }),
  '/plan': page({ scripts: '<script src="/site/candor.plan.js" data-channel="chat" data-target="#chat"></script>' }),
};
const folders = { '/site/': built({ ...deployment, places: ['DE'], languages: ['en'] }) };
const base = await site({ pages, folders });

const notice = (view) => view.locator('#chat candor-notice [role=note]').filter({ hasText: 'AI system' });
const prompt = (view) => view.locator('candor-choices section');
const errors = async (view) => (await events(view, 'error')).map(({ code }) => code);
const decided = (view) => view.waitForFunction(() => globalThis.candorEvents.some(([type]) => type === 'decision'));

/** How every fault ends. */
async function ends(view, { count = 1 } = {}) {
  await notice(view).first().waitFor();
  assert.equal(await notice(view).count(), count);
  assert.ok(!await view.evaluate(() => Object.hasOwn(globalThis, 'ads')), 'the script waits');
  assert.ok(!view.seen.requests.includes('/pixel.gif'), 'the image waits');
}
/** Opens a page in which `prepare` runs before any script. */
async function prepared(path, prepare, argument) {
  const view = await open('about:blank');
  await view.addInitScript(prepare, argument);
  await view.goto(base + path);
  return view;
}

describe('files', () => {
  it('candor.wasm of another protocol: the twin decides', async () => {
    // (module (memory (export "memory") 1) (func (export "candor_abi") (result i32) i32.const 2))
    const other = Buffer.from([0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 127, 3, 2, 1, 0, 5, 3, 1, 0, 1, 7, 23, 2, 6, ...Buffer.from('memory'), 2, 0, 10, ...Buffer.from('candor_abi'), 0, 0, 10, 6, 1, 4, 0, 65, 2, 11]);
    const mixed = await site({ pages, tamper: (path, bytes) => (path === '/dist/candor.wasm' ? other : bytes) });
    const view = await open(mixed);
    await decided(view);
    await ends(view);
    const both = await site({ pages, tamper: (path, bytes) => (path === '/dist/candor.wasm' ? other : path === '/dist/candor.nowasm.js' ? Buffer.from('export default () => ({ candor_abi: () => 2 })') : bytes) });
    const stale = await open(both);
    await ends(stale);
    assert.deepEqual(await errors(stale), ['abi']);
  });

  it('offline: what is loaded goes on, and a planned file stands without its engine', async () => {
    const view = await open(base);
    await prompt(view).waitFor();
    await view.context().setOffline(true);
    await view.evaluate(() => candor.mounted.update({ answeredBy: 'human' }));
    await notice(view).waitFor({ state: 'detached' });
    await view.evaluate(() => candor.mounted.update({ answeredBy: undefined }));
    await ends(view);
    const plan = await open('about:blank');
    await plan.route('**/candor.js', (route) => route.abort('internetdisconnected'));
    await plan.goto(`${base}/plan`);
    await ends(plan);
    await plan.evaluate(() => candor.mounted.update({ answeredBy: 'human' }));
    await until(plan, () => globalThis.candorEvents.some(([type]) => type === 'error'));
    await ends(plan);
  });
});

describe('configuration', () => {
  it('missing: the notice is the baseline\'s', async () => {
    const view = await open(`${base}/missing`);
    await ends(view);
    assert.deepEqual(await errors(view), ['unavailable']);
  });

  it('hostile: markup in every text stays text, and no address runs', async () => {
    const view = await open(`${base}/hostile`);
    await ends(view);
    assert.match(await notice(view).innerText(), /AI system "><img src=x/, 'the words are there, as words');
    await prompt(view).getByRole('button', { name: 'Choose' }).click();
    await view.locator('candor-centre dialog').waitFor();
    const drawn = await view.evaluate(() => [...document.querySelectorAll('candor-notice,candor-choices,candor-centre,candor-ways')].flatMap(({ shadowRoot }) => [...shadowRoot.querySelectorAll('img,script,a')].map((element) => element.getAttribute('href') ?? element.localName)));
    assert.deepEqual(drawn.filter((found) => !/^https:/.test(found)), []);
    assert.equal(await view.evaluate(() => globalThis.pwned), undefined);
    assert.deepEqual(view.seen.errors, []);
  });

  it('with __proto__ and constructor: refused, and no prototype is touched', async () => {
    const view = await open(`${base}/polluting`);
    await ends(view);
    assert.ok((await errors(view)).includes('unknown-key'));
    assert.equal(await view.evaluate(() => ({}).polluted), undefined);
  });
});

describe('other scripts', () => {
  it('have polluted Object.prototype and Array.prototype before: nothing opens by it', async () => {
    const view = await prepared('/', () => {
      Object.assign(Object.prototype, {
        x: 1, ads: { state: 'granted', kind: 'advertising' }, state: 'granted', standing: 'granted', consent: { at: '2026-01-01', purposes: { ads: 'granted' } }, receipts: '/collect', signals: 'google',
      });
      Object.assign(Array.prototype, { y: 1 });
    });
    await ends(view);
    await prompt(view).waitFor();
  });

  it('change the page without end, and watch it as we do: one decision, one notice', async () => {
    const view = await open(base);
    await notice(view).waitFor();
    const longest = await view.evaluate(async () => {
      let longest = 0;
      const list = document.body.appendChild(document.createElement('ul'));
      // Another script that answers each change by one of its own, as many times as it is let.
      let echoes = 0;
      const echo = new MutationObserver(() => echoes++ < 2000 && list.toggleAttribute('data-echo') && list.append(''));
      echo.observe(document, { childList: true, subtree: true, attributes: true });
      for (let i = 0; i < 2000; i++) {
        const began = performance.now();
        list.append(Object.assign(document.createElement('li'), { textContent: i }));
        if (i % 2) list.firstChild.remove();
        await null;  // our observer's turn
        longest = Math.max(longest, performance.now() - began);
      }
      echo.disconnect();
      return longest;
    });
    assert.ok(longest < 200, `one turn took ${longest} ms`);
    await ends(view);
    assert.equal((await events(view, 'decision')).length, 1);
    assert.deepEqual(await errors(view), []);
  });

  it('take the notice away each time that it stands: given up after six times, and told', async () => {
    const view = await open(base);
    await notice(view).waitFor();
    const taken = await view.evaluate(async () => {
      let times = 0;
      const take = () => {
        const found = document.querySelector('candor-notice');
        if (found) times++;
        found?.remove();
      };
      new MutationObserver(take).observe(document, { childList: true, subtree: true });
      take();
      for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setTimeout(resolve));
      return times;
    });
    assert.equal(taken, 6);
    assert.deepEqual(await errors(view), ['suppressed']);
    assert.equal(await view.evaluate(() => globalThis.ads), undefined);
  });

  it('write the document anew: the notice and the prompt come back, and answer', async () => {
    const view = await open(base);
    await prompt(view).waitFor();
    await view.evaluate(() => {
      document.open();
      document.write('<!doctype html><html lang="en"><title>New</title><body><div id="chat"></div><script type="text/plain" data-candor="ads">globalThis.ads = true</' + 'script>');
      document.close();
    });
    await ends(view);
    await prompt(view).getByRole('button', { name: 'Accept all' }).click();
    await view.waitForFunction(() => globalThis.ads);
  });

  it('include Candor twice: one notice, one prompt', async () => {
    const view = await open(`${base}/twice`);
    await decided(view);
    await ends(view);
    assert.equal(await prompt(view).count(), 1);
    assert.deepEqual([await errors(view), view.seen.errors], [[], []]);
  });
});

describe('the browser', () => {
  for (const [name, day] of [['long ago', '1999-01-01'], ['far ahead', '2099-01-01']]) {
    it(`has a clock that is ${name}: decided within the rulebook's days`, async () => {
      const view = await open('about:blank');
      await view.clock.setFixedTime(new Date(`${day}T12:00:00Z`));
      await view.goto(base);
      await ends(view);
      const { at, warnings } = await view.evaluate(() => candor.mounted.decision);
      assert.match(at, /^202[678]-/);
      assert.ok(warnings.some(({ code }) => code === 'clock'));
    });
  }

  it('has no storage: asked, and nothing stored', async () => {
    const view = await prepared('/', () => {
      const denied = { get() { throw new globalThis.DOMException('denied', 'SecurityError'); } };
      for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'BroadcastChannel', 'caches']) Object.defineProperty(globalThis, name, denied);
      Object.defineProperty(globalThis.Document.prototype, 'cookie', denied);
    });
    await ends(view);
    await prompt(view).waitFor();
    assert.deepEqual(view.seen.errors, []);
  });

  it('prerenders: decided, and shown only once the page is', async () => {
    const view = await prepared('/', () => {
      globalThis.prerendering = true;
      Object.defineProperty(globalThis.Document.prototype, 'prerendering', { get: () => globalThis.prerendering });
    });
    await ends(view);
    await view.evaluate(() => new Promise((resolve) => new globalThis.IntersectionObserver(() => setTimeout(resolve)).observe(document.querySelector('candor-notice'))));
    assert.deepEqual(await events(view, 'shown'), []);
    await view.evaluate(() => {
      globalThis.prerendering = false;
      document.dispatchEvent(new Event('prerenderingchange'));
    });
    await view.waitForFunction(() => globalThis.candorEvents.some(([type]) => type === 'shown'));
  });
});

describe('style sheets of the page', () => {
  it('that hide us are seen and reported, and the record says it', async () => {
    const view = await open(`${base}/receipts`);
    await until(view, async () => (await globalThis.candor.receipts?.export())?.includes('"shown"'));
    await view.addStyleTag({ content: 'candor-notice{display:none}' });
    const line = await until(view, async () => (await globalThis.candor.receipts.export()).split('\n').find((text) => text.includes('"removed"')));
    assert.match(line, /"why":"not-displayed"/);
    assert.deepEqual(await errors(view), ['hidden']);
    assert.equal(await view.evaluate(() => globalThis.ads), undefined);
  });
});

describe('blockers', () => {
  /** Hidden on every site, or on many, by EasyList Cookie, Fanboy's annoyances and uBlock's (2026-08); and the words that nearly all of their rules hold. */
  const hides = ['#cookie-banner', '.cc-banner', '.privacy-banner', '.gdpr-notice', '.cookie-notice', '.cookie-consent', 'cookie-banner', '[data-cookie-popup]', '[data-testid="cookie-bar"]', '[class^="cookieBox-"]',
    ...['cook', 'gdpr', 'rgpd', 'dsgvo', 'consent', 'banner', 'popup', 'modal', 'overlay', 'privacy', 'disclaimer', 'policy'].flatMap((word) => ['id', 'class', 'name', 'data-testid', 'aria-label', 'title'].map((name) => `[${name}*="${word}" i]`))];
  const addresses = /cookie-?consent|cookie-notice|consent-management|gdpr|privacy-(banner|policy)|\/cmp\/cmp\.js|consent-banner|-banner-|\/api\/collect|\/metrics\/|\/beacon\/|\/ahoy\//i;

  it('that hide by name hide nothing of ours, and those that block by address block none of our files', async () => {
    const view = await open(base);
    await prompt(view).waitFor();
    await view.addStyleTag({ content: `${hides.join(',')}{display:none!important}` });
    await ends(view);
    for (const element of ['candor-notice', 'candor-choices', 'candor-ways']) assert.equal(await view.locator(element).first().evaluate((host) => host.checkVisibility()), true, element);
    const files = [dist, join(folders['/site/'])].flatMap((folder) => readdirSync(folder, { recursive: true })).filter((file) => /\.(js|wasm|pack|bundle)$/.test(file));
    assert.ok(files.length > 40);
    assert.deepEqual([...files.map((file) => `/candor/${file}`), ...view.seen.requests].filter((address) => addresses.test(address)), []);
    // The list hides what it is meant to.
    await view.evaluate(() => document.body.append(Object.assign(document.createElement('p'), { className: 'my-cookie-banner', textContent: 'x' })));
    assert.equal(await view.locator('.my-cookie-banner').evaluate((host) => host.checkVisibility()), false);
  });

  it('that click through cookie prompts by their words find none in what is said about AI, in any place and language', async () => {
    const { load } = await import(join(dist, 'candor.js'));
    const tags = readdirSync(join(root, 'locales')).filter((file) => file !== 'glossary.json').map((file) => file.replace('.json', ''));
    const engine = await load({
      wasm: readFileSync(join(dist, 'candor.wasm')), rules: readFileSync(join(dist, 'rules.pack')), locales: tags.map((lang) => readFileSync(join(dist, `locales/${lang}.pack`))), deployment, timeout: 10_000,
    });
    const places = JSON.parse(readFileSync(join(root, 'core/rules/places.json'), 'utf8')).places.map(({ code }) => code).filter((code) => code !== '*');
    const words = /cookie|by (continuing|clicking|using)|(accept|reject|allow|decline) all|votre consentement|(tout|tous) (accepter|refuser)|(accepter|refuser) tout|alle?s? (akzeptieren|ablehnen)|einwilligung|(aceptar|rechazar) tod|si contin[úu]a|クッキー|すべて(許可|拒否)|ملفات تعريف الارتباط/i;
    const answers = /^(ok(ay)?|got it|i (agree|understand|accept)|agree|accept|close|dismiss|continue|no,? thanks|verstanden|akzeptieren|zustimmen|compris|j'accepte|fermer|entendido|aceptar|cerrar|同意する|閉じる|موافق|إغلاق)$/i;
    const said = new Set();
    const pressed = new Set();
    for (const place of ['*', ...places]) for (const lang of tags) {
      for (const { topic, text, also, verbatim, actions } of engine.decide({ at: '2026-12-20', channel: 'chat', languages: [lang], ...(place !== '*' && { jurisdictions: [place] }) }).notices) {
        if (!topic.startsWith('ai-')) continue;
        for (const each of [text, ...also.map((other) => other.text)]) said.add(`${each.title} ${each.body ?? ''}`);
        for (const { text: own } of verbatim) said.add(own);
        for (const { label } of actions) pressed.add(label);
      }
    }
    assert.ok(said.size > tags.length);
    assert.deepEqual([...said].filter((text) => words.test(text)), []);
    assert.deepEqual([...pressed].filter((label) => answers.test(label)), []);
    assert.match('By continuing you accept our privacy policy.', words);
  });
});
