import type { Issue } from '../types.js';
import { canonical } from './canonical.js';
import type { Line, Reference } from './chain.js';
import { sha256 } from './hash.js';

/** What stands in a file of receipts, and what is wrong with it. Codes are those of `candor receipts --verify`. */
export interface Verified {
  readonly lines: number;
  /** By id, each in the order of `seq`. */
  readonly chains: ReadonlyMap<string, readonly Line[]>;
  /** `bad-json`, `bad-receipt`, `altered`, `removed`, `reordered`; messages begin with the line. */
  readonly errors: readonly Issue[];
  /** `repeated`, `unsealed`. */
  readonly warnings: readonly Issue[];
}

interface Read {
  readonly number: number;
  readonly line: Line;
}
type Report = (number: number, code: string, message: string) => void;

const isHash = (value: unknown) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isText = (value: unknown) => typeof value === 'string' && value !== '';

/** Checks JSON Lines: each hash, and each chain's numbers, order, links and end. The same checks as core/tools/receipts.cpp. */
export async function verifyReceipts(text: string): Promise<Verified> {
  const errors: Issue[] = [];
  const warnings: Issue[] = [];
  const report: Report = (number, code, message) => {
    (code === 'repeated' ? warnings : errors).push({ code, path: '', message: `line ${number}: ${message}` });
  };
  const chains = new Map<string, Map<number, Read>>();
  const ends: { readonly number: number; readonly end: Reference }[] = [];
  const order = new Map<string, Read[]>();
  let lines = 0;
  for (const [index, row] of text.split('\n').entries()) {
    if (!row.trim()) continue;
    lines++;
    const found = await read(row, index + 1, report);
    if (!found) continue;
    if (found.type === 'end') {
      for (const end of endings(found, index + 1, report)) ends.push({ number: index + 1, end });
    } else if (isWhole(found)) {
      add({ number: index + 1, line: found }, chains, order, report);
    } else {
      report(index + 1, 'bad-receipt', 'found no whole `chain`, `seq`, `at`, `type` and `prev`');
    }
  }
  if (!lines) errors.push({ code: 'bad-receipt', path: '', message: 'the file holds no line, expected receipts as JSON Lines' });

  const refer = (number: number, to: Reference, how: string) => {
    const chain = chains.get(to.chain);
    const there = chain?.get(to.seq);
    if (chain && !there) report(number, 'removed', `${how} number ${to.seq} of chain \`${to.chain}\`, which is missing`);
    else if (there && there.line.hash !== to.hash) report(number, 'altered', `${how} number ${to.seq} of chain \`${to.chain}\` with another hash than line ${there.number} has`);
  };
  for (const [id, chain] of chains) {
    checkOrder(order.get(id) ?? [], report);
    checkLinks(chain, report);
    for (const { number, line } of chain.values()) for (const to of line.after ?? []) refer(number, to, 'follows on');
  }
  for (const { number, end } of ends) {
    if (chains.has(end.chain)) refer(number, end, 'ends');
    else report(number, 'removed', `the whole chain \`${end.chain}\` is missing`);
  }
  const sorted = new Map([...chains].map(([id, chain]) => [id, [...chain.values()].map(({ line }) => line).sort((a, b) => a.seq - b.seq)]));
  const open = [...sorted].filter(([id, chain]) => !ends.some(({ end }) => end.chain === id && end.hash === chain[chain.length - 1]?.hash)).length;
  if (open) {
    warnings.push({ code: 'unsealed', path: '', message: `${open} of ${sorted.size} chains have no line that says where they end, so that lines missing there are not seen` });
  }
  return { lines, chains: sorted, errors, warnings };
}

async function read(row: string, number: number, report: Report): Promise<Record<string, unknown> | undefined> {
  let found: unknown;
  try {
    found = JSON.parse(row);
  } catch (error) {
    report(number, 'bad-json', error instanceof Error ? error.message : 'is no JSON');
    return undefined;
  }
  const line = found as Record<string, unknown> | null;
  if (line?.['v'] !== 1 || !isHash(line['hash'])) {
    report(number, 'bad-receipt', 'found no `v` of 1 and `hash` of 64 digits, expected a receipt');
    return undefined;
  }
  let form: string;
  try {
    form = canonical({ ...line, hash: undefined });
  } catch (error) {
    report(number, 'bad-receipt', (error as RangeError).message);
    return undefined;
  }
  if (await sha256(form) !== line['hash']) report(number, 'altered', 'its hash is not that of what it holds');
  return line;
}

function isWhole(line: Record<string, unknown>): line is Line & Record<string, unknown> {
  const { chain, at, type, seq, prev, after = [] } = line;
  return isText(chain) && isText(at) && isText(type) && isCount(seq) && (prev === null || isHash(prev))
    && Array.isArray(after) && after.every((each: Partial<Reference> | null) => isCount(each?.seq));
}

function endings({ chains }: Record<string, unknown>, number: number, report: Report): Reference[] {
  const found = (Array.isArray(chains) ? chains : []) as readonly { readonly chain: string; readonly count: number; readonly head: string }[];
  if (found.every((each) => isCount(each?.count) && each.count > 0)) return found.map(({ chain, count, head }) => ({ chain, seq: count - 1, hash: head }));
  report(number, 'bad-receipt', 'names a chain without the `count` of its lines');
  return [];
}

function add(found: Read, chains: Map<string, Map<number, Read>>, order: Map<string, Read[]>, report: Report): void {
  const { number, line: { chain: id, seq, hash } } = found;
  const chain = chains.get(id) ?? new Map<number, Read>();
  chains.set(id, chain);
  const same = chain.get(seq);
  if (!same) {
    chain.set(seq, found);
    order.set(id, [...order.get(id) ?? [], found]);
  } else if (same.line.hash === hash) {
    report(number, 'repeated', `stands already as line ${same.number}`);
  } else {
    report(number, 'altered', `claims number ${seq} of its chain, which line ${same.number} has`);
  }
}

/** Numbers go up by one, line after line. A number that comes later is out of order, one that never comes is missing. */
function checkOrder(found: readonly Read[], report: Report): void {
  let next = 0;
  for (const { number, line: { seq } } of found) {
    if (seq < next) report(number, 'reordered', `number ${seq} of its chain stands after number ${next - 1}`);
    next = Math.max(next, seq + 1);
  }
  next = 0;
  for (const { number, line: { seq } } of [...found].sort((a, b) => a.line.seq - b.line.seq)) {
    if (seq !== next) report(number, 'removed', `${seq - next} lines are missing before it, from number ${next} of its chain`);
    next = seq + 1;
  }
}

function checkLinks(chain: ReadonlyMap<number, Read>, report: Report): void {
  for (const { number, line } of chain.values()) {
    if (line.seq === 0 && line.prev !== null) report(number, 'altered', 'is the first of its chain and has a `prev`');
    const previous = chain.get(line.seq - 1);
    if (previous && previous.line.hash !== line.prev) report(number, 'altered', `its \`prev\` is not the hash of line ${previous.number}`);
  }
}
