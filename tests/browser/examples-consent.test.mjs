// examples/consent, served as its operator would serve it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { engines } from './engines.mjs';
import { root, shop } from './origins.mjs';
import { built } from './site.mjs';

const example = (file) => readFileSync(`${root}examples/consent/${file}`, 'utf8');

describe('examples/consent', { skip: engines[0].missing }, () => {
  it('keeps its film and its counter back, and tells vendors so', async () => {
    const site = await shop({ pages: { '/': example('index.html') }, folders: { '/candor/': built(JSON.parse(example('candor.json'))) } });
    const page = await engines[0].open(site);
    const place = await page.until(() => document.querySelector('candor-embed')?.shadowRoot.textContent);
    assert.match(place, /How it is made.*tube\.example, Tube LLC/);
    assert.deepEqual(await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => new URL(name).hostname).filter((host) => host !== '127.0.0.1')), []);
    assert.deepEqual(await page.evaluate(() => globalThis.dataLayer.map((entry) => entry.event ?? entry[1])), ['default', 'ads_data_redaction', 'update', 'candor_consent']);
    await page.close();
  });

  it('states that it honours Global Privacy Control in the form that the specification asks for', () => {
    const { gpc, lastUpdate, ...rest } = JSON.parse(example('.well-known/gpc.json'));
    assert.equal(gpc, true);
    assert.match(lastUpdate, /^\d{4}-\d\d-\d\d$/);
    assert.deepEqual(rest, {});
  });
});
