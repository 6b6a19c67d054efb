// The four ways to load, and what stands when each of them fails.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { built, chatDeployment, deepChatElement, dist, events, open, screenshot, site, watchShifts } from './support.mjs';

const folder = built(chatDeployment);
const other = built({ ...chatDeployment, operator: { name: 'Somebody else' } });
const title = /Sie chatten mit einem KI-System\./;
const page = (tag, { before = '', head = '' } = {}) => `<!doctype html><html lang="de-AT"><head><meta charset="utf-8"><title>Chat</title>${head}</head><body>
${before}${deepChatElement}<script type="text/plain" data-candor="ads">globalThis.opened = true</script>${tag}</body></html>`;
const tag = (file) => `<script src="${file}" data-channel="chat" data-place="DE" data-target="deep-chat"></script>`;
const staticText = '<div data-candor-static="chat"><p lang="de"><strong>Statischer Text.</strong></p></div>';
const ways = { one: tag('/site/candor.one.js'), plan: tag('/site/candor.plan.js'), split: tag('/site/candor.js'), iife: tag('/dist/candor.iife.js" data-config="/candor.json') };
const pages = {
  ...Object.fromEntries(Object.entries(ways).map(([name, script]) => [`/${name}`, page(script)])),
  ...Object.fromEntries(Object.entries(ways).map(([name, script]) => [`/static/${name}`, page(script, { before: staticText })])),
  '/snippet': `<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Chat</title><meta name="candor-place" content="DE"></head><body>${readFileSync(join(folder, 'snippet.html'), 'utf8').replace('candor.one.js', '/site/candor.one.js')}</body></html>`,
  ...Object.fromEntries(Object.entries(ways).map(([name, script]) => [`/twice/${name}`, page(script + ways.one + script)])),
  '/bare': page('<script src="/dist/candor.iife.js" data-target="deep-chat"></script>'),
  '/candor.json': JSON.stringify(chatDeployment),
};
const on = (more = {}) => site({ pages, folders: { '/site/': folder }, ...more });
const base = await on();

const notice = (chat) => chat.locator('deep-chat candor-notice [role=note]').filter({ hasText: /AI|KI/ });
const stand = (chat) => chat.locator('[data-candor-static]');

async function closed(chat) {
  assert.equal(await chat.evaluate(() => globalThis.opened), undefined);
}

describe('each way', () => {
  for (const way of Object.keys(ways)) {
    it(`${way} shows the decided notice`, async () => {
      const chat = await open(`${base}/${way}`);
      await notice(chat).waitFor();
      assert.match(await notice(chat).innerText(), title);
      const errors = (await events(chat, 'error')).filter(({ code }) => code !== 'purpose-undeclared');
      assert.deepEqual([chat.seen.errors, errors], [[], []]);
      await closed(chat);
    });

    it(`${way} refines static text, which goes only when a person takes over`, async () => {
      const chat = await open(`${base}/static/${way}`);
      await notice(chat).waitFor();
      assert.match(await stand(chat).innerText(), title);
      await chat.evaluate(() => candor.mounted.update({ answeredBy: 'human' }));
      await stand(chat).filter({ hasNotText: title }).waitFor({ state: 'attached' });
      await chat.evaluate(() => candor.mounted.update({ answeredBy: undefined }));
      await stand(chat).filter({ hasText: title }).waitFor();
    });
  }

  for (const before of ['', 'static/']) {
    it(`${before}plan: the engine that comes later moves nothing`, async () => {
      const chat = await open('about:blank');
      let release;
      const held = new Promise((resolve) => { release = resolve; });
      await chat.route('**/candor.js', async (route) => {
        await held;
        await route.continue();
      });
      await chat.goto(`${base}/${before}plan`);
      await notice(chat).waitFor();
      await chat.getByText('Hi', { exact: true }).waitFor();
      const moved = await watchShifts(chat);
      release();
      await chat.until(() => globalThis.candorEvents.filter(([type]) => type === 'decision').length === 2);
      assert.deepEqual(await moved(), []);
    });
  }

  for (const way of Object.keys(ways)) {
    it(`${way} beside itself and another way is one notice`, async () => {
      const chat = await open(`${base}/twice/${way}`);
      await notice(chat).first().waitFor();
      // A planned file has its engine too by then.
      await chat.mouse.click(2, 2);
      await chat.waitForLoadState('networkidle');
      assert.equal(await notice(chat).count(), 1);
      assert.deepEqual(chat.seen.errors, []);
    });
  }

  it('one file needs no other request and is synchronous', async () => {
    const chat = await open(`${base}/one`);
    assert.deepEqual(chat.seen.requests.filter((path) => /site|dist/.test(path)), ['/site/candor.one.js']);
    assert.equal((await events(chat, 'decision')).length, 1);
  });

  it('the plan needs no engine until it is left', async () => {
    const chat = await open('about:blank');
    let release;
    const held = new Promise((resolve) => { release = resolve; });
    await chat.route('**/candor.js', async (route) => {
      await held;
      await route.continue();
    });
    await chat.goto(`${base}/plan`);
    await notice(chat).waitFor();
    assert.match(await notice(chat).innerText(), title);
    await chat.evaluate(() => candor.mounted.update({ answeredBy: 'human' }));
    await notice(chat).waitFor();
    release();
    await notice(chat).waitFor({ state: 'detached' });
    assert.deepEqual(await events(chat, 'error'), []);
  });

  it('the snippet stands without JavaScript, and is refined with it', async () => {
    const plain = await open(`${base}/snippet`, { javaScriptEnabled: false });
    assert.match(await plain.locator('[data-candor-static]').innerText(), title);
    await screenshot(plain, 'snippet-without-script');
    const chat = await open(`${base}/snippet`);
    await chat.waitForFunction(() => globalThis.candorEvents.some(([type]) => type === 'decision'));
    assert.match(await stand(chat).innerText(), title);
    assert.equal(await stand(chat).locator('p').count(), await plain.locator('[data-candor-static] p').count());
    assert.deepEqual(await events(chat, 'error'), []);
  });
});

describe('WebAssembly that', () => {
  const faults = {
    'is blocked': (chat) => chat.route('**/*.wasm', (route) => route.abort('blockedbyclient')),
    'never answers': (chat) => chat.route('**/*.wasm', () => {}),
    'is not there at all': (chat) => chat.addInitScript(() => delete globalThis.WebAssembly),
  };
  for (const [fault, inject] of Object.entries(faults)) {
    for (const way of ['split', 'iife']) {
      it(`${fault}: ${way} shows the notice`, async () => {
        const chat = await open('about:blank');
        await inject(chat);
        await chat.goto(`${base}/${way}`);
        await notice(chat).waitFor({ timeout: 5000 });
        assert.match(await notice(chat).innerText(), title);
        await closed(chat);
      });
    }
  }

  it('is forbidden by the policy: the twin decides', async () => {
    const strict = await on({ headers: { 'content-security-policy': "script-src 'self'" } });
    for (const way of ['split', 'iife']) {
      const chat = await open(`${strict}/${way}`);
      await chat.waitForFunction(() => globalThis.candorEvents.some(([type]) => type === 'decision'));
      assert.match(await notice(chat).innerText(), title);
    }
  });
});

describe('a file that is not the one that was built', () => {
  const half = (bytes) => bytes.length >> 1;
  const damages = {
    truncated: (bytes) => bytes.subarray(0, bytes.length - 9),
    flipped: (bytes) => Buffer.from(bytes).fill(bytes[half(bytes)] ^ 1, half(bytes), half(bytes) + 1),
    swapped: (bytes, name) => readFileSync(join(name.endsWith('.wasm') ? dist : other, name.endsWith('.wasm') ? 'rules.pack' : name)),
  };
  /** What is asked instead after 400 ms, and would be the right file: in a slow run it may answer first, so here it never does. */
  const instead = { 'candor.wasm': 'candor.nowasm.js', 'candor.bundle': 'candor.bundle.js' };
  for (const [damage, damaged] of Object.entries(damages)) {
    for (const name of ['candor.wasm', 'candor.bundle']) {
      it(`${damage}: ${name} is refused and the static text stands`, async () => {
        const served = { [`/site/${name}`]: (bytes) => damaged(bytes, name), [`/site/${instead[name]}`]: () => null };
        const tampered = await on({ tamper: (path, bytes) => (served[path] ? served[path](bytes) : bytes) });
        const chat = await open(`${tampered}/static/split`);
        await chat.waitForFunction(() => globalThis.candorEvents.some(([type]) => type === 'error'));
        assert.equal((await events(chat, 'error'))[0].code, 'integrity');
        await chat.waitForTimeout(900);
        assert.match(await stand(chat).innerText(), /Statischer Text\./);
        assert.deepEqual(await events(chat, 'decision'), []);
        await closed(chat);
      });
    }
  }

  it('leaves the baseline where there is no static text', async () => {
    const tampered = await on({ tamper: (path, bytes) => (path === '/site/candor.bundle' ? damages.flipped(bytes) : bytes) });
    const chat = await open(`${tampered}/split`);
    await notice(chat).waitFor();
    assert.match(await notice(chat).innerText(), title);
  });

  it('in one file is refused by its checksum', async () => {
    const script = readFileSync(join(folder, 'candor.one.js'), 'latin1');
    const at = script.indexOf('chat-widget', script.indexOf('CNDR$I'));
    assert.ok(at > 0);
    const tampered = await on({ tamper: (path, bytes) => (path === '/site/candor.one.js' ? Buffer.from(`${script.slice(0, at)}X${script.slice(at + 1)}`, 'latin1') : bytes) });
    const chat = await open(`${tampered}/one`);
    await notice(chat).waitFor();
    assert.equal((await events(chat, 'error'))[0].code, 'integrity');
  });
});

describe('without anything', () => {
  it('without a configuration the baseline is decided', async () => {
    const chat = await open(`${base}/bare`);
    await notice(chat).waitFor();
    assert.match(await notice(chat).innerText(), title);
    const [decision] = await events(chat, 'decision');
    assert.deepEqual(decision.jurisdictions, ['*']);
    await closed(chat);
  });

  it('without configuration, network and WebAssembly a line stands, in the language of the page', async () => {
    for (const [lang, words] of [['de', title], ['ja', /AI/], ['xx', /You are chatting/]]) {
      const cut = await site({ pages: { '/': page('<script src="/dist/candor.iife.js" data-target="deep-chat"></script>').replace('de-AT', lang) }, tamper: (path, bytes) => (/iife|deepChat/.test(path) ? bytes : Buffer.from('nothing')) });
      const chat = await open('about:blank');
      await chat.addInitScript(() => delete globalThis.WebAssembly);
      await chat.goto(cut);
      await notice(chat).waitFor();
      assert.match(await notice(chat).innerText(), words);
      await closed(chat);
    }
  });

  it('after 800 ms without an engine the baseline stands, and a late engine refines it', async () => {
    const chat = await open('about:blank');
    let release;
    const held = new Promise((resolve) => { release = resolve; });
    await chat.route('**/candor.bundle*', async (route) => {
      await held;
      await route.continue();
    });
    await chat.goto(`${base}/split`);
    await notice(chat).waitFor({ timeout: 3000 });
    assert.deepEqual(await events(chat, 'decision'), []);
    release();
    await chat.waitForFunction(() => globalThis.candorEvents.some(([type]) => type === 'decision'));
    assert.match(await notice(chat).innerText(), title);
  });

  it('with a broken configuration a line stands', async () => {
    for (const broken of ['{', '{ "operator": {} }']) {
      const address = await on({ pages: { ...pages, '/candor.json': broken } });
      const chat = await open(`${address}/iife`);
      await notice(chat).waitFor();
      assert.ok((await events(chat, 'error')).length);
      await closed(chat);
    }
  });

  it('markup that poses as the tag or the API changes nothing', async () => {
    const address = await on({ pages: { ...pages, '/clobbered': page(ways.one, { before: '<img name="currentScript"><a id="candor"></a><a id="candor" name="mounted"></a>' }) } });
    const chat = await open(`${address}/clobbered`);
    assert.deepEqual(chat.seen.errors, []);
  });
});
