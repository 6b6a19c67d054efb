// Marks of a page that AI made: put in by `candor/marks`, read back by the engine, under Trusted Types.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { open, site } from './support.mjs';

const deployment = {
  operator: { name: 'Acme GmbH' }, assistants: { writer: { name: 'Ada' } },
  channels: { blog: { type: 'website', assistant: 'writer', facts: { aiUse: ['generate'] } }, shop: { type: 'website', assistant: 'writer' } },
};
const page = (channel, head = '') => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Acme</title>${head}</head><body>
<article data-by-ai>By AI.</article><article data-by-ai ai-disclosure="ai-assisted">By both.</article><article>By hand.</article>
<script type="module">import { load } from '/dist/candor.js'; import { markPage } from '/dist/candor.marks.js';
addEventListener('securitypolicyviolation', ({ violatedDirective }) => (globalThis.refused = violatedDirective));
const engine = await load({ wasm: '/dist/candor.wasm', rules: '/dist/rules.pack', locales: ['/dist/locales/en.pack'], timeout: 10000, deployment: ${JSON.stringify(deployment)} });
globalThis.html = () => document.documentElement.outerHTML;
globalThis.read = () => engine.readMarks(globalThis.html()).map(({ form, value, conflict }) => form + ' ' + value + (conflict ? ' conflict' : ''));
globalThis.before = globalThis.html();
globalThis.unmark = markPage(engine.mark({ at: '2026-11-20', channel: '${channel}' }), document.querySelectorAll('[data-by-ai]'));</script></body></html>`;
const base = await site({
  pages: { '/': page('blog', '<meta http-equiv="Content-Security-Policy" content="require-trusted-types-for \'script\'">'), '/shop': page('shop'), '/theirs': page('blog', '<meta name="AI-Disclosure" content="mixed">') },
});
const at = async (path) => {
  const view = await open(`${base}${path}`);
  await view.waitForFunction(() => globalThis.unmark, undefined, { timeout: 8000 }).catch(() => assert.fail(view.seen.errors.join()));
  return view;
};

describe('markPage', () => {
  it('puts meta, JSON-LD and attributes where AI made it, keeps what is marked, and takes its own away again', async () => {
    const view = await at('/');
    assert.deepEqual(await view.evaluate(() => globalThis.read()), [
      'meta ai-generated', 'json-ld trainedalgorithmicmedia', 'html-attribute ai-generated', 'html-attribute ai-generated', 'html-attribute ai-assisted',
    ]);
    assert.deepEqual(await view.evaluate(() => JSON.parse(document.querySelector('script[type="application/ld+json"]').text)), {
      '@context': 'https://schema.org', '@type': 'CreativeWork', digitalSourceType: 'https://schema.org/TrainedAlgorithmicMediaDigitalSource',
    });
    assert.deepEqual(await view.evaluate(() => [...document.querySelectorAll('article')].map((each) => each.getAttribute('data-ai-disclosure'))), ['ai-generated', null, null]);
    await view.evaluate(() => globalThis.unmark());
    assert.equal(await view.evaluate(() => globalThis.html() === globalThis.before), true);
    assert.deepEqual([await view.evaluate(() => globalThis.refused), view.seen.errors], [undefined, []]);
  });

  it('says nothing of a page that only holds a chat, and leaves a page its one meta', async () => {
    assert.deepEqual(await (await at('/shop')).evaluate(() => globalThis.read()), ['html-attribute ai-assisted']);
    const theirs = await at('/theirs');
    assert.deepEqual((await theirs.evaluate(() => globalThis.read())).slice(0, 2), ['meta mixed', 'json-ld trainedalgorithmicmedia']);
  });
});
