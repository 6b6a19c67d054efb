// docs/looks.md: the properties and parts that it names are those that there are; a hostile style sheet of the page does not get in.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { open, root, screenshot, site, until } from './support.mjs';

const looks = readFileSync(join(root, 'docs/looks.md'), 'utf8');
const deployment = {
  operator: { name: 'Acme' }, assistants: { helper: {} }, channels: { chat: { type: 'chat-widget', assistant: 'helper' } },
  purposes: [{ id: 'ads', kind: 'advertising' }], links: { privacy: { url: 'https://acme.example/privacy' } },
};
const page = (head = '') => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Acme</title><meta name="candor-place" content="DE">${head}</head><body><div id="chat">Hi</div>
<script src="/dist/candor.iife.js" data-config="/candor.json" data-channel="chat" data-target="#chat"></script></body></html>`;
const newsroom = {
  operator: { name: 'Acme' }, assistants: { writer: {} },
  channels: { news: { type: 'website', assistant: 'writer', facts: { aiUse: ['generate'], published: true, publicInterest: true, publishedOn: '2026-11-20' } } },
};
const news = (lang, dir) => `<!doctype html><html lang="${lang}" dir="${dir}"><head><meta charset="utf-8"><title>Acme</title><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><meta name="candor-place" content="DE"></head><body><article><h1>Council votes</h1><div data-candor-slot="element"></div>
<p>By nine to two.</p></article><script src="/dist/candor.iife.js" data-config="/newsroom.json" data-channel="news"></script></body></html>`;
const base = await site({
  pages: {
    '/newsroom.json': JSON.stringify(newsroom),
    '/news': news('en', 'ltr'), '/news/rtl': news('ar', 'rtl'),
    '/candor.json': JSON.stringify(deployment), '/': page(),
    '/themed': page('<style>:root{--candor-tint:rgb(1,2,3)}candor-notice::part(prominent){border-block-end-width:7px}</style>'),
    '/hostile': page('<style>body *{all:unset!important;color:red!important;font:40px serif!important}div:not(#chat),p,section,strong,button,menu{display:none!important}body *{display:block!important}script{display:none!important}</style>'),
  },
});
const notice = (view) => view.locator('candor-notice [part~=prominent]').first();

describe('docs/looks.md', () => {
  it('names the properties that there are', () => {
    const used = new Set();
    const folder = join(root, 'widget/src');
    for (const file of readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.ts'))) {
      for (const [name] of readFileSync(join(folder, file), 'utf8').matchAll(/--candor-[a-z]+/g)) used.add(name);
    }
    assert.deepEqual([...looks.matchAll(/^\| `(--candor-[a-z]+)`/gm)].map(([, name]) => name).sort(), [...used].sort());
  });

  it('names the parts that are drawn', async () => {
    const view = await open(base);
    const named = new Map([...looks.matchAll(/^\| `(candor-[a-z]+)` \| (.*) \|$/gm)].map(([, element, parts]) => [element, [...parts.matchAll(/`([a-z-]+)`/g)].map(([, part]) => part)]));
    assert.equal(named.size, 9);
    const { topics } = JSON.parse(readFileSync(join(root, 'core/rules/topics.json'), 'utf8'));
    named.get('candor-notice').push(...topics.map(({ id }) => id));
    const drawn = async (element) => until(view, (name) => {
      const all = [...document.querySelectorAll(name)].flatMap(({ shadowRoot }) => [...shadowRoot.querySelectorAll('[part]')].flatMap(({ part }) => [...part]));
      return all.length && all;
    }, element);
    const check = async (element, least) => {
      const parts = await drawn(element);
      assert.deepEqual(parts.filter((part) => !named.get(element).includes(part)), [], element);
      assert.deepEqual(least.filter((part) => !parts.includes(part)), [], element);
    };
    await check('candor-notice', ['notice', 'prominent']);
    await check('candor-choices', ['choices', 'reject-all', 'accept-all', 'choose']);
    await view.locator('candor-choices [part=choose]').click();
    await check('candor-centre', ['centre', 'reject-all', 'accept-all', 'choose']);
    await view.locator('candor-centre [part=accept-all]').click();
    await view.locator('candor-ways [part=withdraw]').waitFor();
    await check('candor-ways', ['ways', 'choose', 'withdraw']);
    await view.locator('candor-ways [part=withdraw]').click();
    await check('candor-reload', ['reload', 'close']);
  });

  it('themes by them', async () => {
    const view = await open(`${base}/themed`);
    assert.deepEqual(await notice(view).evaluate((element) => [getComputedStyle(element).backgroundColor, getComputedStyle(element).borderBlockEndWidth]), ['rgb(1, 2, 3)', '7px']);
  });
});

describe('content that AI made', () => {
  it('carries the letters AI, where other notices carry a sign', async () => {
    const mark = (view) => notice(view).evaluate((element) => getComputedStyle(element, '::before').content);
    const [news, chat] = [await open(`${base}/news`), await open(base)];
    await news.locator('article candor-notice [part~=ai-content]').waitFor();
    assert.match(await mark(news), /^"AI"/);
    await notice(chat).waitFor();
    assert.match(await mark(chat), /^"i"/);
    await screenshot(news, 'looks-content');
    const rtl = await open(`${base}/news/rtl`, { colorScheme: 'dark', viewport: { width: 320, height: 480 } });
    await rtl.locator('article candor-notice [part~=ai-content]').waitFor();
    assert.match(await mark(rtl), /^"AI"/);
    assert.equal(await notice(rtl).evaluate((element) => getComputedStyle(element, '::before').right), '12px');
    await screenshot(rtl, 'looks-content-narrow-dark-rtl');
  });
});

describe('a style sheet of the page', () => {
  it('that takes all style away does not get in', async () => {
    const look = (view) => notice(view).evaluate((element) => {
      const { color, fontSize, fontFamily, display, paddingTop } = getComputedStyle(element);
      return { color, fontSize, fontFamily, display, paddingTop };
    });
    const [plain, hostile] = [await open(base), await open(`${base}/hostile`)];
    for (const view of [plain, hostile]) await notice(view).waitFor();
    assert.deepEqual(await look(hostile), await look(plain));
    assert.ok(await hostile.locator('candor-choices [part=reject-all]').isVisible());
    await screenshot(hostile, 'looks-hostile');
  });

  it('finds no motion where it is not wanted', async () => {
    const view = await open(base, { reducedMotion: 'reduce' });
    await view.locator('candor-choices section').waitFor();
    assert.equal(await view.locator('candor-choices section').evaluate((element) => getComputedStyle(element).animationName), 'none');
  });
});
