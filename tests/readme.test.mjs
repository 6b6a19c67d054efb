// The README, run as a reader would: every candor.json in it, the Node call, the C++ call.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const blocks = (/** @type {string} */ language) => [...readme.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))].map((match) => match[1] ?? '');
const folder = mkdtempSync(join(tmpdir(), 'candor-readme-'));
after(() => rmSync(folder, { recursive: true }));
const candor = (/** @type {string[]} */ ...args) => execFileSync(join(root, 'build/native/candor'), args, { encoding: 'utf8', cwd: folder });

describe('README.md', () => {
  const deployments = blocks('json');

  it('has a smallest deployment and a fuller one', () => assert.equal(deployments.length, 2));

  for (const [index, deployment] of deployments.entries()) {
    it(`shows the AI notice in Germany with its deployment ${index + 1}`, () => {
      writeFileSync(join(folder, 'candor.json'), deployment);
      writeFileSync(join(folder, 's.json'), '{ "at": "2026-11-20", "jurisdictions": ["DE"], "channel": "chat" }');
      candor('lint', '--deployment', 'candor.json');
      const { value } = JSON.parse(candor('decide', '--deployment', 'candor.json', '--situation', 's.json'));
      const notice = value.notices.find((/** @type {{ id: string }} */ { id }) => id === 'ai-interaction');
      assert.equal(notice.timing, 'before-first-message');
      assert.deepEqual(notice.satisfies, ['eu-ai-act-50-1', 'eu-ai-act-50-5']);
    });
  }

  it('quotes examples/node/decide.mjs, which runs', () => {
    const quoted = blocks('js').join('\n');
    assert.ok(readFileSync(join(root, 'examples/node/decide.mjs'), 'utf8').includes(quoted), 'README and example differ');
    const said = execFileSync(process.execPath, [join(root, 'examples/node/decide.mjs')], { encoding: 'utf8' });
    assert.match(said, /Sie chatten mit einem KI-System\./);
    assert.match(said, /valid until \d{4}-\d\d-\d\d/);
  });

  it('quotes examples/cpp/decide.cpp, which runs on a built bundle', () => {
    const example = readFileSync(join(root, 'examples/cpp/decide.cpp'), 'utf8').replace(/^ +/gm, '');
    const [quoted = ''] = blocks('cpp');
    assert.ok(example.includes(quoted.trim()), 'README and example differ');
    writeFileSync(join(folder, 'candor.json'), deployments[0] ?? '');
    candor('build', '--deployment', 'candor.json', '--out', 'acme');
    const said = execFileSync(join(root, 'build/native/example-cpp'), [join(folder, 'acme/candor.bundle')], { encoding: 'utf8' });
    assert.equal(JSON.parse(said).value.notices[0].text.title, 'Sie chatten mit einem KI-System.');
  });
});
