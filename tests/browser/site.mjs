// What `candor build` writes for a deployment: the folder that an operator would serve.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** @param {object} deployment */
export function built(deployment) {
  const folder = mkdtempSync(join(tmpdir(), 'candor-site-'));
  const file = join(folder, 'candor.json');
  writeFileSync(file, JSON.stringify(deployment));
  execFileSync(join(root, 'build/native/candor'), ['build', '--deployment', file, '--out', folder]);
  return folder;
}
