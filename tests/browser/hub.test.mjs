// The legal hub: everything legal in one list, opened from the notice and from the foot of the page, and why a notice stands there.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { chatDeployment, deepChatElement, events, open, root, screenshot, site } from './support.mjs';

const at = (path, updated) => ({ url: `https://acme.example/${path}`, ...(updated && { updated }) });
const deployment = {
  ...chatDeployment, places: undefined, languages: undefined, platforms: ['jexi'],
  assistants: { helper: { name: 'Ada', providers: [{ name: 'Example AI, PBC', policy: 'https://ai.example/privacy' }, { name: 'Speech Ltd' }] } },
  purposes: [{ id: 'stats', kind: 'statistics' }],
  links: {
    privacy: at('privacy', '2026-05-21'), terms: at('terms', '2026-05-21'), 'ai-use': at('ai', '2026-11-02'), 'data-processing': at('dpa'), security: at('security'),
    cookies: at('stored', '2026-01-31'), providers: at('ai-providers'), report: at('report'), withdraw: at('withdraw'), 'training-data': { url: 'javascript:alert(1)' },
  },
};
const page = (lang, more = '') => `<!doctype html><html lang="${lang}" dir="${lang === 'ar' ? 'rtl' : 'ltr'}"><head><meta charset="utf-8"><title>Chat</title><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"></head><body><main>${deepChatElement}</main><script type="module">
import { load, mount } from '/dist/widget.js';
const engine = await load({ wasm: '/dist/candor.wasm', rules: '/dist/rules.pack', sources: '/dist/sources.pack', timeout: 10000, locales: ['/dist/locales/${lang}.pack'], deployment: ${JSON.stringify(deployment)} });
globalThis.mounted = mount('deep-chat', { engine, channel: 'chat', situation: { at: '2026-11-20', jurisdictions: ['*'] }, ...(${more || '{}'}) });
</script></body></html>`;
const languages = ['en', 'de', 'fr', 'es', 'ar', 'ja'];
const base = await site({ pages: Object.fromEntries(languages.map((lang) => [`/${lang}`, page(lang)])) });
const axe = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');

const door = (chat) => chat.locator('deep-chat candor-notice [part=action]').last();
const hub = (chat) => chat.locator('candor-hub dialog');
const opened = async (lang = 'en', options = {}) => {
  const chat = await open(`${base}/${lang}`, options);
  await door(chat).click();
  await hub(chat).waitFor();
  return chat;
};

describe('the legal hub', () => {
  it('lists every link of the operator once, with the day it was last changed in words', async () => {
    const chat = await opened();
    const rows = await hub(chat).locator('ul a').evaluateAll((links) => links.map((link) => [link.firstChild.textContent, link.getAttribute('href'), link.querySelector('time')?.textContent ?? '']));
    assert.deepEqual(rows.map(([label]) => label).sort(), ['AI providers', 'Cookies', 'Data processing', 'How we use AI', 'Privacy', 'Report a problem', 'Security', 'Terms', 'Withdraw consent']);
    assert.equal(new Set(rows.map(([, url]) => url)).size, rows.length);
    assert.deepEqual(Object.fromEntries(rows.filter(([,, day]) => day).map(([label,, day]) => [label, day])),
      { Privacy: 'May 21, 2026', Terms: 'May 21, 2026', 'How we use AI': 'November 2, 2026', Cookies: 'January 31, 2026' });
  });

  it('names the providers, says why a notice stands there, and by which clause', async () => {
    const chat = await opened();
    assert.equal(await hub(chat).getByRole('link', { name: 'Example AI, PBC' }).getAttribute('href'), 'https://ai.example/privacy');
    assert.ok(await hub(chat).getByText('Speech Ltd', { exact: true }).isVisible());
    await hub(chat).getByText('Why am I seeing this?').click();
    const reason = hub(chat).locator('details div').filter({ hasText: 'You are chatting with an AI system.' });
    assert.match(await reason.innerText(), /Reason\s+Candor's baseline, ai-interaction.*Facts.*aiUse=converse.*Source checked\s+2026-11-20/s);
    assert.deepEqual((await events(chat, 'error')).filter(({ code }) => code === 'no-slot').map(({ message }) => message).filter((message) => message.includes('providers')), []);
  });

  it('opens from the foot of the page, keeps the focus and gives it back', async () => {
    const chat = await open(`${base}/en`);
    const foot = chat.locator('candor-ways [part=legal-hub]');
    await foot.press('Enter');
    await hub(chat).waitFor();
    assert.ok(await hub(chat).evaluate((dialog) => dialog.matches(':modal')));
    await chat.keyboard.press('Escape');
    await hub(chat).waitFor({ state: 'detached' });
    assert.equal(await foot.evaluate((button) => button.getRootNode().activeElement === button), true);
  });

  it('opens from wherever the page likes', async () => {
    const chat = await open(`${base}/en`);
    await chat.waitForFunction(() => globalThis.mounted?.decision);
    await chat.evaluate(() => globalThis.mounted.legalHub());
    await hub(chat).waitFor();
  });

  it('leads to the choices, and to what is offered, which is heard', async () => {
    const chat = await opened();
    await hub(chat).getByRole('button', { name: 'Your choices' }).click();
    await chat.locator('candor-centre dialog').waitFor();
    assert.equal(await hub(chat).count(), 0);
    await chat.keyboard.press('Escape');
    await door(chat).click();
    await hub(chat).getByRole('button', { name: 'Talk to a person' }).click();
    await chat.locator('deep-chat candor-status').getByText('Your request has been passed on.').waitFor();
    assert.deepEqual((await events(chat, 'action')).at(-1), { id: 'human-agent', notice: '' });
  });

  const looks = {
    wide: {}, narrow: { viewport: { width: 320, height: 640 } }, dark: { colorScheme: 'dark' }, 'forced-colours': { forcedColors: 'active' },
    still: { reducedMotion: 'reduce' }, zoom: { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 },
  };
  for (const [name, lang, options] of [...Object.entries(looks).map(([look, options]) => [look, 'en', options]), ...languages.slice(1).map((lang) => [lang, lang, { viewport: { width: 440, height: 800 } }])]) {
    it(`holds ${name}`, async () => {
      const chat = await opened(lang, options);
      assert.equal(await hub(chat).getAttribute('lang'), lang);
      await hub(chat).locator('summary').click();
      await chat.evaluate(axe);
      const { violations, passes } = await chat.evaluate(() => globalThis.axe.run({ include: [{ fromShadowDom: ['candor-hub', 'dialog'] }] }));
      assert.ok(passes.some(({ nodes }) => nodes.some(({ target }) => target.flat().length > 1)), 'axe has looked into it');
      assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)]), []);
      const cutOff = await hub(chat).evaluate((dialog) => [dialog, ...dialog.querySelectorAll('*')].filter((element) => element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1).map(({ localName }) => localName));
      assert.deepEqual(cutOff, []);
      const small = await hub(chat).evaluate((dialog) => [...dialog.querySelectorAll('a,button,summary')].filter((element) => element.getBoundingClientRect().height < 24).map(({ textContent }) => textContent));
      assert.deepEqual(small, []);
      await hub(chat).evaluate((dialog) => dialog.scrollTo(0, 0));
      await screenshot(chat, `hub-${name}`);
      await hub(chat).evaluate((dialog) => dialog.scrollTo(0, dialog.scrollHeight));
      await screenshot(chat, `why-${name}`);
    });
  }
});
