// 50 cases of the corpus in Chromium, through dist/: byte for byte what the native engine answers.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { open, root, site } from './support.mjs';

const directory = join(root, 'build/corpus-browser');
execFileSync(join(root, 'build/native/candor-answers'), [directory], { stdio: ['ignore', 'ignore', 'inherit'] });
const sets = readFileSync(join(directory, 'answers.jsonl'), 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
const base = await site({ pages: { '/': '<!doctype html><meta charset="utf-8"><title>Corpus</title>' }, folders: { '/packs/': join(directory, 'packs') } });

/** One question of each case, spread over the corpus. */
const asked = new Map(sets.flatMap(({ packs, asked: all }) => all.filter(({ way }) => way === 'whole' || way === 'handed-over')
  .map((one) => [one.case, { packs, ...one }])));
const sample = [...asked.values()].filter((_, index, all) => index % Math.max(1, Math.floor(all.length / 50)) === 0).slice(0, 50);

for (const [name, core] of Object.entries({ 'candor.wasm': { wasm: '/dist/candor.wasm' }, 'the twin': { twin: '/dist/candor.nowasm.js' } })) {
  describe(`in Chromium, ${name}`, async () => {
    const page = await open(base);
    it('has 50 cases', () => assert.equal(sample.length, 50));
    for (const one of sample) {
      it(`${one.case}, ${one.way}`, async () => {
        const answer = await page.evaluate(async ({ core, packs, request }) => {
          const { load } = await import('/dist/candor.js');
          const [bundle, ...locales] = packs.map((pack) => `/packs/${pack}.pack`);
          return (await load({ ...core, bundle, locales, timeout: 10_000 })).call(request);
        }, { core, ...one });
        assert.ok(Buffer.from(answer).equals(Buffer.from(one.answer)), answer);
      });
    }
  });
}
