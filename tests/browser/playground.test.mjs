// examples/playground: every control changes what it should, in the decision, in the widget and in candor.json; the address keeps all of it.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { open, root, screenshot, until } from './support.mjs';

const axe = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');
const server = spawn(process.execPath, [join(root, 'examples/chat-widget/serve.mjs'), '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
after(() => server.kill());
const base = await new Promise((resolve) => server.stdout.once('data', (line) => resolve(`${String(line).match(/http:\S+/)[0]}playground/`)));

const decision = (page) => page.evaluate(() => JSON.parse(document.querySelector('#decision').textContent || 'null'));
const config = (page) => page.evaluate(() => JSON.parse(document.querySelector('#config pre').textContent));
const why = (page) => page.locator('#why');
const widget = (page) => page.frameLocator('iframe');
/** Opens the playground, and waits until it has decided. */
async function playground(hash = '', options = {}) {
  const page = await open(base + hash, options);
  await until(page, () => document.querySelector('#decision').textContent || document.querySelector('#why').textContent);
  return page;
}
/** Until the decision is one of which `holds` is true. */
const decides = (page, holds, argument) => until(page, `JSON.parse(document.querySelector('#decision').textContent || 'null') && (${holds})(JSON.parse(document.querySelector('#decision').textContent), ${JSON.stringify(argument)})`);
const topics = '(decision, topic) => decision.notices.some((notice) => notice.topic === topic)';

describe('the playground', () => {
  it('says why, by which article, since when and what changes next, and shows the widget', async () => {
    const page = await playground('', { viewport: { width: 1280, height: 1000 } });
    await widget(page).locator('#chat candor-notice [role=note]').first().waitFor();
    assert.match(await why(page).innerText(), /2 notices are due.*2 December 2026.*Begins: Mark \(eu-ai-act-50-2-legacy\).*50\(1\) · European Union\s+Since\s+2 August 2026.*Facts\s+aiUse=converse/s);
    assert.match(await why(page).innerText(), /Since\s+25 May 2018/);
    assert.match(await why(page).locator('a').first().getAttribute('href'), /^https:/);
    assert.deepEqual([page.seen.errors, page.seen.violations], [[], []]);
    await screenshot(page, 'playground-wide');
  });

  it('changes with each choice', async () => {
    const page = await playground();
    const pick = (name, value) => page.selectOption(`[name=${name}]`, value);
    await page.locator('[name=place]').nth(1).selectOption('US-CA');
    await decides(page, '({ jurisdictions }) => jurisdictions.includes("US-CA") && jurisdictions.includes("DE")');
    assert.equal(await page.locator('[name=place]').count(), 3);
    await page.locator('[name=place]').first().selectOption('');
    await decides(page, '({ jurisdictions }) => jurisdictions.includes("US-CA") && !jurisdictions.includes("DE")');
    await page.check('[name=purpose][value=advertising]');
    await page.check('[name=gpc]');
    await decides(page, '({ consent }) => consent.gpc === "honoured"');
    await page.locator('[name=place]').first().selectOption('DE');
    await pick('channel', 'website');
    await widget(page).locator('candor-choices').waitFor();
    await pick('channel', 'email');
    await decides(page, '({ notices }) => notices.some(({ slots }) => slots.includes("email-top"))');
    await page.locator('iframe').waitFor({ state: 'hidden' });
    await pick('channel', 'chat-widget');
    await pick('language', 'ar');
    await widget(page).locator('candor-notice [dir=rtl]').first().waitFor();
    await pick('language', 'en');
    await page.fill('[name=at]', '2026-08-01');
    await decides(page, '({ obligations }) => !obligations.some(({ rule }) => rule === "eu-ai-act-50-1")');
    await page.fill('[name=at]', '2026-11-20');
    await decides(page, topics, 'ai-interaction');
    await pick('posture', 'exact');
    await decides(page, '({ obligations }) => !obligations.some(({ certainty, place }) => certainty === "assumed" && place !== "*")');
    await page.check('[name=platform][value=hex]');
    await decides(page, '({ obligations }) => obligations.some(({ layer }) => layer === "platform")');
    await page.fill('[name=assistant]', 'Zoë');
    await widget(page).locator('candor-notice', { hasText: 'Zoë' }).first().waitFor();
    await page.getByText('What the AI does').click();
    await pick('"fact.answeredBy"', 'human');
    await decides(page, '({ notices }) => !notices.some((notice) => notice.topic === "ai-interaction")');
    assert.deepEqual((await config(page)).vouch, ['answeredBy']);
    await page.fill('[name=assistant]', '');
    await decides(page, '({ obligations }) => !obligations.some(({ rule }) => rule === "eu-ai-act-50-1")');
    await page.getByRole('button', { name: 'Start again' }).click();
    await decides(page, '({ jurisdictions, notices }) => jurisdictions.join() === "DE,EEA,EU" && notices.length === 2');
  });

  it('says every fact of the vocabulary in candor.json or vouches for it, and decides with all of them', async () => {
    const page = await playground();
    const { stated, missing } = await page.evaluate(() => {
      const seen = {};
      for (const control of document.querySelectorAll('[name^="fact."]')) {
        if (control.type === 'checkbox') control.checked = true;
        else control.value = control.options?.[1]?.value ?? (control.type === 'date' ? '2026-01-01' : '3');
        seen[control.name.slice('fact.'.length)] = true;
      }
      document.querySelector('#facts input').dispatchEvent(new Event('input', { bubbles: true }));
      const { channels: { here }, vouch } = JSON.parse(document.querySelector('#config pre').textContent);
      const address = new URLSearchParams(location.hash.slice(1));
      return { stated: Object.keys(seen).length, missing: Object.keys(seen).filter((name) => !(name in here.facts || vouch.includes(name)) || !address.has(`fact.${name}`)) };
    });
    assert.ok(stated > 100, `${stated}`);
    assert.deepEqual(missing, []);
    await decides(page, '({ obligations }) => obligations.some(({ because }) => because.includes("distanceContract=true"))');
    assert.doesNotMatch(await why(page).innerText(), /cannot be decided/);
  });

  it('is shared by its address, and copied', async () => {
    const page = await playground('#place=FR&place=US-NY&channel=website&at=2026-12-24&language=fr&posture=exact&operator=Bo&assistant=Lin&gpc=on&purpose=statistics&fact.recorded=true&fact.aiUse=converse&fact.aiUse=draft-reply');
    const made = await config(page);
    assert.deepEqual([made.operator.name, made.channels.here.type, made.channels.here.facts, made.purposes.map(({ id }) => id)], ['Bo', 'website', { recorded: true, aiUse: ['converse', 'draft-reply'] }, ['statistics']]);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy it' }).click();
    await page.getByText('Copied.').waitFor();
    assert.deepEqual(JSON.parse(await page.evaluate(() => navigator.clipboard.readText())), made);
    await page.check('[name=purpose][value=advertising]');
    await page.getByRole('button', { name: 'Copy the address' }).click();
    const other = await playground(new URL(await page.evaluate(() => navigator.clipboard.readText())).hash);
    await decides(page, '({ consent }) => consent && "advertising" in consent.purposes');
    await decides(other, '({ consent }) => consent && "advertising" in consent.purposes');
    assert.deepEqual(await decision(other), await decision(page));
  });

  it('is given hostile text and shows it as text', async () => {
    const evil = '"><img src=x onerror=globalThis.pwned=1><script>globalThis.pwned=1</script>';
    const page = await playground(`#${new URLSearchParams(['place', 'channel', 'at', 'language', 'posture', 'operator', 'assistant', 'purpose', 'fact.city', '__proto__', 'constructor'].map((name) => [name, evil]))}`);
    await widget(page).locator('#chat candor-notice', { hasText: 'onerror' }).first().waitFor();
    assert.match(await why(page).innerText(), /<img src=x onerror/);
    assert.deepEqual([await page.evaluate(() => [globalThis.pwned, document.querySelector('iframe').contentWindow.pwned, document.querySelectorAll('img').length]), page.seen.errors], [[undefined, undefined, 0], []]);
    await page.fill('[name=operator]', '');
    await until(page, () => document.querySelector('#why').textContent.includes('cannot be decided'));
  });

  for (const [name, hash, options] of [
    ['narrow', '#place=DE&channel=website&language=ar&purpose=advertising&operator=Acme&assistant=Ada', { viewport: { width: 320, height: 640 } }],
    ['dark', '#place=US-CA&channel=chat-widget&purpose=advertising&operator=Acme&assistant=Ada', { colorScheme: 'dark', viewport: { width: 1280, height: 1000 } }],
  ]) {
    it(`fits ${name}, and axe finds nothing`, async () => {
      const page = await playground(hash, options);
      await widget(page).locator('candor-notice').first().waitFor();
      for (const summary of await page.locator('summary').all()) await summary.click();
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= globalThis.innerWidth), 'nothing is cut off');
      await page.evaluate(axe);
      const { violations, passes } = await page.evaluate(() => globalThis.axe.run());
      assert.ok(passes.length > 10);
      assert.deepEqual(violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target}`)), []);
      for (const summary of await page.locator('summary').all()) await summary.click();
      await page.evaluate(() => globalThis.scrollTo(0, 0));
      await screenshot(page, `playground-${name}`);
    });
  }

  it('is used by the keyboard alone', async () => {
    const page = await playground();
    await page.locator('[name=gpc]').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await decides(page, '({ consent }) => consent && "functional" in consent.purposes');
    await page.getByText('Who', { exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    assert.match(await page.evaluate(() => document.activeElement.name), /^fact\./);
  });
});
