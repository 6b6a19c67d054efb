import type { Purposes } from '../gates.js';
import type { PurposeKind } from '../types.js';

/** What a consent platform says of one purpose. `denied` and `granted` count as the person's own; undefined: it says nothing of it. */
export type Answer = 'granted' | 'denied' | undefined;

/** Reads one platform. */
export interface Reader {
  /** By purpose id; undefined while the platform has not answered yet. */
  answers(purposes: Purposes): Readonly<Record<string, Answer>> | undefined;
  stop(): void;
}

/** How the deployment's purposes are to be found in a platform's strings. */
export interface CmpOptions {
  /** By purpose id, in place of what its kind stands for. */
  readonly purposes?: Readonly<Record<string, {
    /** TCF purposes (1 to 11): all of them have to be consented to. */
    readonly tcf?: readonly number[];
    /** Vendors of the Global Vendor List: all of them have to be consented to. */
    readonly vendors?: readonly number[];
    /** Fields of GPP sections, such as `SaleOptOut`: any that says "opted out" denies. */
    readonly gpp?: readonly string[];
  }>>;
}

/** TCF purposes by kind: 1 storing, 2 to 4 and 7 advertising, 5 and 6 personal content, 8 and 9 measuring. Other kinds TCF does not know. */
export const purposesOf: Readonly<Partial<Record<PurposeKind, readonly number[]>>> = {
  'functional': [1],
  'personalisation': [1, 5, 6],
  'statistics': [1, 8, 9],
  'advertising': [1, 2, 3, 4, 7],
  'cross-site-tracking': [1, 3, 4],
};

/** Whether it was denied by any, else granted by any. */
export function strictest(answers: readonly Answer[]): Answer {
  return answers.includes('denied') ? 'denied' : answers.includes('granted') ? 'granted' : undefined;
}
