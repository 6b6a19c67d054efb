// The conformance grid: what a shop with a chat owes in every country of ISO 3166-1, every state of the United States and
// every province and territory of Canada, today and when what is enacted has begun. tests/golden/grid.json holds it;
// UPDATE_GOLDEN=1 writes it anew, for a review of what changed.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const golden = join(root, 'tests/golden/grid.json');
const days = ['2026-11-20', '2028-01-01'];

/** @typedef {{ place: string, channel: string, obligations: { rule: string, duty: string, severity: string, certainty: string }[], consent: { model: string }, reason?: string }} Cell */

/** One line a channel: the model of consent, and each rule with what it asks for. @param {Cell} cell */
function line({ obligations, consent }) {
  const rules = new Map();
  for (const { rule, duty, severity, certainty } of obligations)
    rules.set(rule, [...new Set([...rules.get(rule) ?? [], `${severity}${certainty === 'assumed' ? '?' : ''}`, duty])]);
  return `${consent.model}: ${[...rules].map(([rule, words]) => `${rule} (${words.join(' ')})`).join(', ') || 'nothing'}`;
}

const cells = days.map((day) => /** @type {Cell[]} */ (JSON.parse(execFileSync(join(root, 'build/native/candor'),
  ['matrix', '--deployment', join(root, 'tests/cases/deployments/shop.json'), '--at', day], { encoding: 'utf8', maxBuffer: 1 << 28 })).value.cells));

/** @type {Record<string, Record<string, Record<string, string>>>} by place, day and channel */
const grid = {};
for (const [index, day] of days.entries())
  for (const cell of cells[index] ?? []) ((grid[cell.place] ??= {})[day] ??= {})[cell.channel] = line(cell);

describe('the conformance grid', () => {
  const places = Object.keys(grid);
  it('has the 249 countries of ISO 3166-1', () =>
    assert.equal(places.filter((place) => /^[A-Z]{2}$/.test(place) && place !== 'EU').length, 249));
  it('has the 50 states and the District of Columbia', () => assert.equal(places.filter((place) => place.startsWith('US-')).length, 51));
  it('has the 13 provinces and territories of Canada', () => assert.equal(places.filter((place) => place.startsWith('CA-')).length, 13));
  it('says why where nothing is due', () => {
    for (const cell of cells.flat()) assert.equal(Boolean(cell.reason), cell.obligations.length === 0, `${cell.place} ${cell.channel}`);
  });
  it('is as tests/golden/grid.json has it', () => {
    if (process.env['UPDATE_GOLDEN']) writeFileSync(golden, `${JSON.stringify(grid, null, 1)}\n`);
    const expected = JSON.parse(readFileSync(golden, 'utf8'));
    assert.deepEqual(Object.keys(grid), Object.keys(expected));
    for (const place of Object.keys(grid)) assert.deepEqual(grid[place], expected[place], place);
  });
});
