// The count of every test runner: one line `name passed failed` a step in build/counts, which script/test sums.
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const file = 'build/counts';

/**
 * Notes how a step went. A step without a single case has failed.
 * @param {string} name @param {number} passed @param {number} failed
 * @returns {boolean} whether it went well
 */
export function note(name, passed, failed) {
  if (passed + failed === 0) {
    process.stderr.write(`${name}: no test ran\n`);
    failed = 1;
  }
  mkdirSync('build', { recursive: true });
  appendFileSync(file, `${name} ${passed} ${failed}\n`);
  return failed === 0;
}

/** The sum of all steps. */
export function total() {
  let passed = 0;
  let failed = 0;
  for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
    const [, good, bad] = line.split(' ');
    passed += Number(good);
    failed += Number(bad);
  }
  return { passed, failed };
}

// node script/counts.mjs NAME PASSED FAILED notes a step; without arguments: prints the closing line.
if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [name, passed, failed] = process.argv.slice(2);
  if (name) {
    process.exitCode = note(name, Number(passed), Number(failed)) ? 0 : 1;
  } else {
    const sum = total();
    process.stdout.write(`${sum.passed} passed, ${sum.failed} failed\n`);
    process.exitCode = sum.failed || !sum.passed ? 1 : 0;
  }
}
