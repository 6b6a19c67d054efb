// Files of receipts: the page's check, the native `candor receipts --verify` and `npx candor` find the same things in them.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { canonical, verifyReceipts } from '../dist/receipts.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'candor-receipts-'));
after(() => rmSync(folder, { recursive: true }));
const run = promisify(execFile);
const sha256 = (/** @type {string} */ text) => createHash('sha256').update(text).digest('hex');

/** @returns {Promise<{ status: number, stdout: string, stderr: string }>} */
const outcome = (/** @type {string} */ command, /** @type {string[]} */ words) =>
  run(command, words, { cwd: root, maxBuffer: 1 << 26 }).then(({ stdout, stderr }) => ({ status: 0, stdout, stderr }), ({ code, stdout, stderr }) => ({ status: code, stdout, stderr }));
const native = (/** @type {string[]} */ ...words) => outcome('build/native/candor', words);
const npx = (/** @type {string[]} */ ...words) => outcome(process.execPath, ['wasm/cli.mjs', ...words]);
const file = (/** @type {string} */ text) => {
  const path = join(folder, 'receipts.jsonl');
  writeFileSync(path, text);
  return path;
};

/** Numbers that repeat: a failing case can be run again. */
function randomFrom(/** @type {number} */ seed) {
  return (/** @type {number} */ below) => {
    seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
    return Math.floor((seed / 0x80000000) * below);
  };
}

/** Lines of two chains, the second of which follows on the first, with text that is awkward to write. */
function written() {
  const words = ['shown', '€ “quoted” \\ / \b\f\n\r\t\u0001\u007f', '😀 \ufb33 \u2028', ''];
  /** @type {any[]} */
  const lines = [];
  const add = (/** @type {string} */ chain, /** @type {object} */ body) => {
    const last = lines.findLast((line) => line.chain === chain);
    const open = { ...body, v: 1, chain, seq: last ? last.seq + 1 : 0, at: '2026-11-20T09:00:00Z', prev: last?.hash ?? null };
    lines.push({ ...open, hash: sha256(canonical(open)) });
    return lines.at(-1);
  };
  for (let i = 0; i < 4; i++) add('evidence', { type: 'shown', text: words[i], visible: 1000 * i, [words[3 - i] || 'empty']: null, '😀': 1, '\ufb33': 2 });
  const { chain, seq, hash } = lines.at(-1);
  for (let i = 0; i < 4; i++) add('choices', { type: 'chosen', trusted: i % 2 === 0, after: i ? undefined : [{ chain, seq, hash }], shown: [{ id: 'a' }, {}] });
  const open = { v: 1, type: 'end', at: '2026-11-20T09:00:00Z', chains: ['evidence', 'choices'].map((id) => ({ chain: id, count: 4, head: lines.findLast((line) => line.chain === id).hash })) };
  return [...lines, { ...open, hash: sha256(canonical(open)) }].map((line) => JSON.stringify(line));
}

/** A line that was broken before may be no JSON. */
function parsed(/** @type {string} */ line) {
  try {
    return JSON.parse(line);
  } catch {
    return {};
  }
}

/** One way to break a file; returns what it did. */
function breakOnce(/** @type {string[]} */ lines, /** @type {(below: number) => number} */ random) {
  const at = random(lines.length), other = random(lines.length), line = lines[at] ?? '';
  switch (random(7)) {
    case 0: lines.splice(at, 1); return `removed ${at}`;
    case 1: [lines[at], lines[other]] = [lines[other] ?? '', line]; return `swapped ${at} ${other}`;
    case 2: lines[at] = line.slice(0, 1 + random(line.length - 1)); return `cut ${at}`;
    case 3: lines.splice(other, 0, line); return `repeated ${at} at ${other}`;
    case 4: lines.length = at; return `ended at ${at}`;
    case 5: {
      const place = random(line.length);
      lines[at] = `${line.slice(0, place)}${String.fromCharCode(32 + random(90))}${line.slice(place + 1)}`;
      return `character ${place} of ${at}`;
    }
    default: {
      const forged = { ...parsed(line), hash: undefined, forged: true };
      lines[at] = JSON.stringify({ ...forged, hash: sha256(canonical(forged)) });
      return `forged ${at}`;
    }
  }
}

/** `code line N` of each issue; JSON that cannot be read has as many codes as readers. */
const found = (/** @type {readonly { code: string, message: string }[]} */ issues) =>
  issues.map(({ code, message }) => `${/^(bad-json|duplicate-key|bad-receipt)$/.test(code) ? 'bad' : code} ${/^line \d+/.exec(message)?.[0] ?? ''}`).sort();

describe('receipts', () => {
  it('hold, in the page and on the command line', async () => {
    const text = `${written().join('\n')}\n`;
    const { errors, warnings, lines, chains } = await verifyReceipts(text);
    assert.deepEqual([errors, warnings, lines, [...chains.keys()]], [[], [], 9, ['evidence', 'choices']]);
    const path = file(text);
    const answer = await native('receipts', '--verify', path);
    assert.equal(answer.status, 0, answer.stderr);
    assert.deepEqual(JSON.parse(answer.stdout).value.chains.map((/** @type {any} */ { chain, count }) => [chain, count]), [['evidence', 4], ['choices', 4]]);
    assert.deepEqual(await npx('receipts', '--verify', path), answer);
  });

  it('hold after a server wrote them anew, with other keys first and spaces between', async () => {
    const lines = written().map((line) => JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(line)).reverse()), null, 1).replace(/\n/g, ' '));
    assert.deepEqual((await verifyReceipts(lines.join('\r\n'))).errors, []);
    assert.equal((await native('receipts', '--verify', file(lines.join('\r\n')))).status, 0);
  });

  it('are found broken alike in 400 files broken at random', async () => {
    const random = randomFrom(27560);
    let broken = 0;
    for (let index = 0; index < 400; index++) {
      const lines = written();
      const did = Array.from({ length: 1 + random(2) }, () => breakOnce(lines, random)).join(', ');
      const text = `${lines.join('\n')}\n`;
      const page = await verifyReceipts(text);
      const path = file(text);
      const answer = await native('receipts', '--verify', path);
      const { errors = [], warnings } = JSON.parse(answer.stdout);
      assert.deepEqual([found(errors), found(warnings)], [found(page.errors), found(page.warnings)], `${index}: ${did}`);
      assert.equal(answer.status, page.errors.length ? 2 : 0, `${index}: ${did}`);
      if (index % 20 === 0) assert.deepEqual(await npx('receipts', '--verify', path), answer, `${index}: ${did}`);
      broken += answer.status ? 1 : 0;
    }
    assert.ok(broken > 300, `${broken} of 400 were found broken`);
  });

  it('have numbers and texts that every language writes alike', () => {
    assert.equal(canonical({ b: [1, null, true, 'é'], a: { d: -0, c: undefined } }), '{"a":{"d":0},"b":[1,null,true,"é"]}');
    for (const value of [1.5, NaN, 2 ** 53, '\ud800']) assert.throws(() => canonical(value), RangeError);
  });
});
