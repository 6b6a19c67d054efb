// Where @c15t/schema and the section list of the IAB's GPP have a view, every difference from ours stands in
// docs/peers.md with its reason. Both are real packages; the table is held to be complete, and no longer than it must be.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { policyPackPresets } from '@c15t/schema';
import { Sections } from '@iabgpp/cmpapi';

const root = fileURLToPath(new URL('..', import.meta.url));
const day = '2026-11-20';

/** @type {{ place: string, channel: string, consent: { model: string }, obligations: { rule: string }[] }[]} */
const cells = JSON.parse(execFileSync(join(root, 'build/native/candor'),
  ['matrix', '--deployment', join(root, 'tests/cases/deployments/shop.json'), '--at', day], { encoding: 'utf8', maxBuffer: 1 << 28 })).value.cells;
const ours = new Map(cells.filter(({ channel }) => channel === 'web').map((cell) => [cell.place, cell]));

/** The rows of a table of docs/peers.md, by the heading before it: places, theirs, ours, why. */
function table(/** @type {string} */ heading) {
  const text = readFileSync(join(root, 'docs/peers.md'), 'utf8').split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const rows = text.split('\n').filter((line) => line.startsWith('| ')).slice(1).map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));
  return new Map(rows.flatMap(([places = '', theirs, own, why]) => places.split(' ').map((place) => /** @type {[string, string]} */ ([place, why ? `${theirs} / ${own}` : 'without a reason']))));
}

const sorted = (/** @type {Iterable<[string, string]>} */ entries) => Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));

describe('@c15t/schema', () => {
  /** Its presets: a model by country or region; everywhere else no banner. */
  const theirs = (/** @type {string} */ place) => {
    const [country = '', region] = place.split('-');
    for (const preset of [policyPackPresets.quebecOptIn(), policyPackPresets.californiaOptOut(), policyPackPresets.europeOptIn()]) {
      const { countries = [], regions = [] } = /** @type {any} */ (preset.match);
      if (region ? regions.some((/** @type {any} */ one) => one.country === country && one.region === region) : countries.includes(country)) return preset.consent?.model;
    }
    // A part of a country falls back to the country.
    return region ? undefined : 'none';
  };

  it('differs in what docs/peers.md says, and in nothing else', () => {
    const different = new Map();
    for (const [place, { consent }] of ours) {
      if (place === '*' || place === 'EU' || place === 'EEA') continue;
      const view = theirs(place);
      if (view !== undefined && view !== consent.model) different.set(place, `${view} / ${consent.model}`);
    }
    assert.ok(different.size > 0);
    assert.deepEqual(sorted(different), sorted(table('@c15t/schema')));
  });
});

describe('GPP sections', () => {
  it('differ in what docs/peers.md says, and in nothing else', () => {
    const theirs = new Set([...Sections.SECTION_ID_NAME_MAP.values()].flatMap((name) => /^us(?!nat|p)([a-z]{2})/.exec(name)?.[1]?.toUpperCase() ?? []).map((state) => `US-${state}`));
    assert.equal(theirs.size, 20);
    const optOut = new Set([...ours].filter(([place, { consent }]) => place.startsWith('US-') && consent.model !== 'none' && consent.model !== 'notice').map(([place]) => place));
    const different = new Map();
    for (const place of theirs) if (!optOut.has(place)) different.set(place, 'a section / no opt-out');
    for (const place of optOut) if (!theirs.has(place)) different.set(place, 'no section / opt-out');
    assert.deepEqual(sorted(different), sorted(table('GPP sections')));
  });
});
