// Runs test files with node:test, prints them as specs, and counts their cases. Usage: node script/node-tests.mjs NAME FILE...
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { note } from './counts.mjs';

const [name = '', ...names] = process.argv.slice(2);
const files = names.map((file) => resolve(file));
let passed = 0;
let failed = 0;

// `true` would leave one core idle.
const stream = run({ files, concurrency: availableParallelism() });
stream.on('test:pass', ({ name: title, details, skip, todo }) => {
  if (details.type === 'suite') return;
  // A file without cases passes under its own name. A case that did not run counts as failed unless it says why.
  if (files.includes(title) || skip === true || todo !== undefined) failed += 1;
  else if (skip === undefined) passed += 1;
});
stream.on('test:fail', ({ details }) => {
  if (details.type !== 'suite') failed += 1;
});
stream.compose(new spec()).pipe(process.stdout);
stream.on('end', () => {
  process.exitCode = note(name, passed, failed) ? 0 : 1;
});
