// The report of `candor matrix` and the pages of the rulebook: read at any width, and printed.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { open, root, screenshot, site } from './support.mjs';

const folder = mkdtempSync(join(tmpdir(), 'candor-report-'));
after(() => rmSync(folder, { recursive: true }));
const candor = (/** @type {string[]} */ ...args) => execFileSync(join(root, 'build/native/candor'), args, { maxBuffer: 1 << 28 });
candor('matrix', '--deployment', join(root, 'examples/chat-widget/candor.json'), '--at', '2026-12-02', '--html', join(folder, 'report.html'));
candor('reference', '--out', folder, '--html');
const base = await site({ folders: { '/pages/': folder } });

for (const [name, file, row] of /** @type {const} */ ([['report', 'report.html', 'Réunion (RE)'], ['rulebook', 'reference.html', 'us-nj-bot-56-18']])) {
  describe(name, () => {
    for (const width of [375, 1280]) {
      it(`is read at ${width} px without scrolling sideways`, async () => {
        const page = await open(`${base}/pages/${file}`, { viewport: { width, height: 900 } });
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= globalThis.innerWidth));
        await page.getByText(row).first().waitFor();
        const size = await page.locator('td').first().evaluate((cell) => parseFloat(getComputedStyle(cell).fontSize));
        assert.ok(size >= 13, `${size} px`);
        await screenshot(page, `${name}-${width}`);
      });
    }

    it('names the channel in each cell where the head of the table is gone', async () => {
      const page = await open(`${base}/pages/${file}`, { viewport: { width: 375, height: 900 } });
      assert.equal(await page.locator('thead').first().isVisible(), false);
      assert.match(await page.locator('td').first().evaluate((cell) => getComputedStyle(cell, '::before').content), /\w/);
    });

    it('prints', async () => {
      const page = await open(`${base}/pages/${file}`);
      const pdf = await page.pdf({ format: 'A4' });
      assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
      assert.ok((pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []).length > 3);
    });

    it('asks nobody for anything', () => assert.doesNotMatch(readFileSync(join(folder, file), 'utf8'), /<script|<link|<img|src=|@import|url\(/));
  });
}
