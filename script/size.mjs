// Compares brotli sizes with tests/golden/size.json: { "name": { "files": [...], "budget": bytes, "golden": bytes } }.
// Fails over budget, and where a size has grown by more than 1 %. A budget that has been crossed on purpose carries "crossed", the
// reason: it is reported each time and still may not grow. Usage: node script/size.mjs [--update]
import { readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';
import { note } from './counts.mjs';

const path = 'tests/golden/size.json';
const update = process.argv.includes('--update');
const allowedGrowth = 1.01;

const brotli = (/** @type {string} */ file) =>
  brotliCompressSync(readFileSync(file), { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 } }).length;

/** @type {Record<string, { files: string[], budget: number, golden: number, crossed?: string }>} */
const entries = JSON.parse(readFileSync(path, 'utf8'));
let failed = 0;
for (const [name, entry] of Object.entries(entries)) {
  const size = entry.files.map(brotli).reduce((sum, bytes) => sum + bytes, 0);
  if (update) entry.golden = size;
  const faults = [];
  const over = size > entry.budget ? `over the budget by ${size - entry.budget}` : '';
  if (over && !entry.crossed) faults.push(over);
  if (!over && entry.crossed) faults.push('within the budget again: remove "crossed"');
  if (size > entry.golden * allowedGrowth) faults.push(`grown from ${entry.golden}`);
  failed += faults.length ? 1 : 0;
  const line = `${name.padEnd(44)} ${String(size).padStart(7)} of ${String(entry.budget).padStart(7)}`;
  const said = faults.length ? `  FAILED: ${faults.join(', ')}` : over ? `  ${over}, on purpose: ${entry.crossed}` : '';
  process.stdout.write(`${line}${said}\n`);
}
if (update) writeFileSync(path, `${JSON.stringify(entries, null, 2).replace(/\[\n\s+([^\]]*?)\n\s+\]/g, (_, files) => `[${files.replace(/\s+/g, ' ')}]`)}\n`);
process.exitCode = note('size', Object.keys(entries).length - failed, failed) ? 0 : 1;
