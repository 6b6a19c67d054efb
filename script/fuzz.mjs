// Runs the libFuzzer targets side by side. Usage: node script/fuzz.mjs SECONDS
import { mkdirSync, readFileSync } from 'node:fs';
import { note } from './counts.mjs';
import { run } from './parallel.mjs';

const seconds = Number(process.argv[2] ?? 60);
/** Name and longest input of each. */
const targets = readFileSync('build/fuzz/targets', 'utf8').split('\n').filter(Boolean).map((line) => line.split(' '));
const artifacts = 'build/fuzz/findings/';
mkdirSync(artifacts, { recursive: true });

let failed = 0;
await Promise.all(targets.map(async ([target = '', longest = '']) => {
  const corpus = `build/fuzz/corpus/${target}`;
  mkdirSync(corpus, { recursive: true });
  process.stdout.write(`${target}: ${seconds} s\n`);
  const { status, output } = await run(`build/fuzz/${target}`, [`-max_total_time=${seconds}`, `-max_len=${longest}`, '-timeout=10', '-rss_limit_mb=4096',
    '-print_final_stats=1', `-artifact_prefix=${artifacts}${target}-`, corpus]);
  const runs = Number(/stat::number_of_executed_units:\s*(\d+)/.exec(output)?.[1] ?? 0);
  if (status === 0 && runs > 0) {
    process.stdout.write(`${target}: ${runs} runs, no finding\n`);
  } else {
    failed += 1;
    process.stdout.write(`${target}: exit status ${status} after ${runs} runs\n${output.slice(-8000)}\n`);
  }
}));
process.exitCode = note('fuzz', targets.length - failed, failed) ? 0 : 1;
