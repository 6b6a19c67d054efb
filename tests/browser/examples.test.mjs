// The examples, run as a reader would.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { open, root, screenshot, site } from './support.mjs';

const server = spawn(process.execPath, [join(root, 'examples/chat-widget/serve.mjs'), '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
after(() => server.kill());
const base = await new Promise((resolve) => server.stdout.once('data', (line) => resolve(String(line).match(/http:\S+/)[0])));

const notice = (page) => page.locator('deep-chat candor-notice [role=note]').first();
const why = (page) => page.locator('#why').innerText();

describe('examples/chat-widget', () => {
  it('shows the notice in the chat, its reason and its article', async () => {
    const page = await open(base, { viewport: { width: 1200, height: 900 } });
    await notice(page).waitFor();
    assert.match(await notice(page).innerText(), /You are chatting with an AI system\./);
    assert.match(await why(page), /Regulation \(EU\) 2024\/1689.*50\(1\)/s);
    assert.match(await why(page), /aiUse=converse/);
    assert.match(await page.locator('#why a').first().getAttribute('href'), /^https:/);
    assert.deepEqual(page.seen.errors, []);
    await screenshot(page, 'example-wide');
  });

  it('changes with place, date, language, channel and who answers', async () => {
    const page = await open(base);
    await notice(page).waitFor();
    await page.selectOption('[name=language]', 'ar');
    await page.locator('deep-chat candor-notice [dir=rtl]').first().waitFor();
    await screenshot(page, 'example-rtl');
    await page.selectOption('[name=language]', 'de-AT');
    await page.getByText('Sie chatten mit einem KI-System.').first().waitFor();
    await page.fill('[name=at]', '2026-08-01');
    await page.waitForFunction(() => !document.querySelector('#why').innerText.includes('50(1)'));
    assert.match(await why(page), /2 August 2026/);
    await page.fill('[name=at]', '2026-11-20');
    await notice(page).waitFor();
    await page.selectOption('[name=place]', 'US-CO');
    await page.waitForFunction(() => document.querySelector('#why').innerText.includes('No notice is due'));
    assert.equal(await notice(page).count(), 0);
    await page.selectOption('[name=place]', '');
    await notice(page).waitFor();
    assert.match(await why(page), /unknown place/);
    await page.selectOption('[name=answeredBy]', 'human');
    await page.waitForFunction(() => !document.querySelector('deep-chat').shadowRoot.querySelector('candor-notice')?.shadowRoot.textContent.includes('KI-System'));
  });

  it('answers, streamed, below the notice', async () => {
    const page = await open(base);
    await notice(page).waitFor();
    await page.locator('deep-chat #text-input').fill('Can I return shoes?');
    await page.keyboard.press('Enter');
    await page.getByText('Shall I start one for you?').waitFor();
  });

  for (const [name, options] of Object.entries({ narrow: { viewport: { width: 360, height: 900 } }, dark: { colorScheme: 'dark', viewport: { width: 1200, height: 900 } } })) {
    it(`fits ${name}`, async () => {
      const page = await open(base, options);
      await notice(page).waitFor();
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= globalThis.innerWidth));
      await screenshot(page, `example-${name}`);
    });
  }

  it('serves nothing else', async () => {
    for (const path of ['/%2e%2e/package.json', '/dist/%2e%2e/package.json', '/dist/..%2fpackage.json', '/.gitignore', '/dist/', '//etc/passwd'])
      assert.equal((await fetch(base + path.slice(1))).status, 404, path);
  });
});

describe('examples/node', () => {
  it('decides in 15 lines', () => {
    const program = join(root, 'examples/node/decide.mjs');
    assert.match(execFileSync(process.execPath, [program], { encoding: 'utf8' }), /^chat-header, first-message: Sie chatten mit einem KI-System\./);
    assert.ok(readFileSync(program, 'utf8').trim().split('\n').filter((line) => !line.startsWith('//')).length <= 15);
  });
});

describe('examples/static', () => {
  const folders = { '/examples/': join(root, 'examples') };
  it('stands without JavaScript and is refined with it', async () => {
    const address = await site({ folders });
    const plain = await open(`${address}/examples/static/index.html`, { javaScriptEnabled: false });
    assert.match(await plain.locator('[data-candor-static]').innerText(), /KI-System/);
    const page = await open(`${address}/examples/static/index.html`.replace('/examples/static', '/examples/static'));
    await page.locator('#chat candor-notice').waitFor();
    assert.match(await page.locator('[data-candor-static]').innerText(), /KI-System/);
  });
});
