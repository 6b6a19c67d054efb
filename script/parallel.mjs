// Runs commands side by side, as many at a time as there are cores.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';

/**
 * @typedef {{ status: number, output: string }} Result
 * @param {string} command @param {string[]} args @param {string} [cwd]
 * @returns {Promise<Result>} its exit status, and what it wrote to both streams
 */
export function run(command, args, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => { output += text; });
    child.on('error', reject).on('close', (status) => resolve({ status: status ?? 1, output }));
  });
}

/**
 * @template T
 * @param {T[]} items @param {(item: T) => Promise<void>} work
 */
export async function forEachInParallel(items, work) {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
}
