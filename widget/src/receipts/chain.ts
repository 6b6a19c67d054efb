import { canonical } from './canonical.js';
import { sha256 } from './hash.js';

/** A line of another chain, or the last one of a chain. */
export interface Reference {
  readonly chain: string;
  readonly seq: number;
  readonly hash: string;
}

/** What a line tells; the chain adds the rest. */
export type Body = { readonly type: string; readonly after?: readonly Reference[] } & Readonly<Record<string, unknown>>;

/** One line: a body and its place in a chain. docs/receipts.md describes each member. */
export type Line = Reference & Body & {
  readonly v: 1;
  /** RFC 3339, by the clock of the person. */
  readonly at: string;
  /** Hash of the line before; null: the first one. */
  readonly prev: string | null;
};

/** The hash of a line: of everything else that it holds. */
export function hashOf(line: Readonly<Record<string, unknown>>): Promise<string> {
  return sha256(canonical({ ...line, hash: undefined }));
}

/** The next line of a chain after `last`; without one, the first line of `chain`. */
export async function next(chain: string, last: Line | undefined, body: Body, at: string): Promise<Line> {
  const open = { ...body, v: 1 as const, chain, seq: last ? last.seq + 1 : 0, at, prev: last?.hash ?? null };
  return { ...open, hash: await hashOf(open) };
}

/** How a line is referred to from another chain. */
export function referenceTo({ chain, seq, hash }: Line): Reference {
  return { chain, seq, hash };
}

/** Says where chains end, so that what is missing there is seen. */
export async function endOf(chains: readonly (readonly Line[])[], at: string): Promise<Readonly<Record<string, unknown>>> {
  const last = chains.flatMap((lines) => lines.slice(-1));
  const open = { v: 1, type: 'end', at, chains: last.map(({ chain, seq, hash }) => ({ chain, count: seq + 1, head: hash })) };
  return { ...open, hash: await hashOf(open) };
}
