// The pages of docs/ that are generated: as the rulebook has it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'candor-reference-'));
after(() => rmSync(folder, { recursive: true }));
execFileSync(join(root, 'build/native/candor'), ['reference', '--out', folder, '--html']);
const pages = ['errors.md', 'facts.md', ...readdirSync(join(folder, 'law')).map((name) => `law/${name}`)];

describe('reference pages', () => {
  it('has a page for each place with a rule', () => assert.ok(pages.length > 10));
  it('has no page that the rulebook does not have', () =>
    assert.deepEqual(readdirSync(join(root, 'docs/law')).sort(), readdirSync(join(folder, 'law')).sort()));
  for (const page of pages)
    it(`docs/${page} is up to date (script/reference)`, () =>
      assert.ok(readFileSync(join(root, 'docs', page)).equals(readFileSync(join(folder, page)))));
  it('is one HTML file that loads nothing', () => {
    const html = readFileSync(join(folder, 'reference.html'), 'utf8');
    assert.match(html, /<h2>California \(US-CA\)<\/h2>/);
    assert.doesNotMatch(html, /<script|<link|<img|src=|@import|url\(/);
  });
});
