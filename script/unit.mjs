// Runs the GoogleTest executables of a build and counts their cases. Usage: node script/unit.mjs PRESET
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { note } from './counts.mjs';
import { forEachInParallel, run } from './parallel.mjs';

const preset = process.argv[2] ?? 'native';
const reports = `build/${preset}/reports`;
mkdirSync(reports, { recursive: true });

/** @type {{ tests: { name: string, command?: string[] }[] }} */
const { tests } = JSON.parse(execFileSync('ctest', ['--preset', preset, '--show-only=json-v1'], { encoding: 'utf8' }));

let passed = 0;
let failed = 0;
await forEachInParallel(tests, async ({ name, command = [] }) => {
  const [program, ...args] = command;
  if (!program) throw new Error(`${name} is not built`);
  const report = `${reports}/${name}.json`;
  rmSync(report, { force: true });
  const { status, output } = await run(program, [...args, '--gtest_brief=1', `--gtest_output=json:${report}`]);
  let cases = { tests: 0, failures: 0, errors: 0, disabled: 0 };
  try {
    cases = JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    // It died before it could report; the count below says so.
  }
  const bad = cases.failures + cases.errors;
  passed += cases.tests - bad - cases.disabled;
  // Disabled cases, an executable without cases, and one that dies, have failed too.
  failed += bad + cases.disabled || (status !== 0 || cases.tests === 0 ? 1 : 0);
  if (status !== 0 || cases.tests === 0) process.stdout.write(`${name}: exit status ${status}, ${cases.tests} cases\n${output}\n`);
});
process.stdout.write(`${preset}: ${passed} passed, ${failed} failed in ${tests.length} executables\n`);
process.exitCode = note(`unit-${preset}`, passed, failed) ? 0 : 1;
