// axe-core on what we draw; a planted fault shows that it looks into our shadow roots.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { built, chatDeployment, deepChatElement, dist, open, root, site } from './support.mjs';

const axe = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');
const folder = built({ ...chatDeployment, channels: { ...chatDeployment.channels, shop: { type: 'website' } }, purposes: [{ id: 'ads', kind: 'advertising' }] });
const page = (channel, target) => `<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Acme</title><meta name="color-scheme" content="light dark"></head><body>
<main><h1>Acme</h1>${target ? deepChatElement : ''}</main><script src="/site/candor.one.js" data-channel="${channel}" data-place="DE" ${target ? 'data-target="deep-chat"' : ''}></script></body></html>`;
const base = await site({ pages: { '/talk': page('chat', true), '/shop': page('shop', false) }, folders: { '/site/': folder } });

async function faults(view, name) {
  await view.locator(name).first().waitFor();
  await view.evaluate(axe);
  const { violations } = await view.evaluate((element) => globalThis.axe.run({ include: [['deep-chat', element], [element]].filter(([first]) => document.querySelector(first)) }), name);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${JSON.stringify(target)}`));
}

for (const colorScheme of ['light', 'dark']) {
  describe(`axe, ${colorScheme}`, () => {
    it('finds nothing in the notice', async () => {
      const view = await open(`${base}/talk`, { colorScheme });
      assert.deepEqual((await faults(view, 'candor-notice')).filter((fault) => fault.includes('candor-notice')), []);
    });

    it('finds nothing in the prompt', async () => {
      const view = await open(`${base}/shop`, { colorScheme });
      assert.deepEqual(await faults(view, 'candor-choices'), []);
    });
  });
}

describe('axe', () => {
  it('finds a fault that is planted', async () => {
    const view = await open(`${base}/shop`);
    await view.locator('candor-choices').first().waitFor();
    await view.evaluate(() => {
      const { shadowRoot } = document.querySelector('candor-choices');
      shadowRoot.querySelector('section').append(document.createElement('button'));
    });
    assert.match((await faults(view, 'candor-choices')).join(), /button-name/);
  });
});

describe('names', () => {
  it('keep the AI notice and the consent prompt apart', async () => {
    const view = await open(`${base}/talk`);
    await view.locator('candor-choices').waitFor();
    const [notice, prompt] = await view.evaluate(() => {
      const names = (host) => {
        const all = [host, ...host.shadowRoot.querySelectorAll('*')];
        return all.flatMap((element) => [...element.classList, element.id, ...element.part, ...(element.localName.includes('-') ? [element.localName] : [])].filter(Boolean));
      };
      return [names(document.querySelector('deep-chat').shadowRoot.querySelector('candor-notice')), names(document.querySelector('candor-choices'))];
    });
    assert.ok(notice.length && prompt.length);
    assert.deepEqual(notice.filter((name) => prompt.includes(name)), []);
  });

  it('hold nothing that lists of cookie prompts hide or block', () => {
    const script = readFileSync(join(dist, 'candor.iife.js'), 'utf8');
    for (const word of ['cookie', 'gdpr', 'cmp-', 'banner', 'popup', 'overlay']) {
      const named = [...script.matchAll(/["'`.#\s<]([\w-]+)/g)].map(([, name]) => name).filter((name) => name.toLowerCase().includes(word) && !['page-banner', 'cookie', 'cookies'].includes(name));  // a slot, and what browsers and deployments call them
      assert.deepEqual(named, [], word);
    }
  });
});
