import type { Purposes } from '../gates.js';
import { part } from '../parts.js';
import type { ConsentRecord } from '../types.js';
import { strictest, type Answer, type CmpOptions, type Reader } from './answer.js';

/** A platform that is obeyed. */
export interface Obeyed {
  /** Asks it about `purposes`; true: it says something else than before. */
  reads(purposes: Purposes): boolean;
  /** What is known of the person's choices: its answers over our record. */
  over(record: ConsentRecord | undefined): ConsentRecord | undefined;
  /** A record without its answers, to be stored: they are its own to keep. */
  without(record: ConsentRecord, former: ConsentRecord | undefined): ConsentRecord;
  /** Whether it speaks of a purpose: then it asks, not we. */
  speaksOf(purpose: string): boolean;
  stop(): void;
}

/**
 * Obeys the registered consent platforms of the page (`__tcfapi`, `__gpp`): what they say stands in the record as the person's choice of
 * today. Until one answers it counts as a no. Of purposes that they say nothing of, our own record speaks. They are never written to: that needs
 * a registration with the IAB. A file of its own, which a page loads when it has such a platform.
 */
export function obey(base: URL | undefined, options: CmpOptions | undefined, again: () => void, problem: (code: string, message: string) => void): Obeyed {
  /** By the name of its file; undefined: being loaded. */
  const readers = new Map<'tcf' | 'gpp', Reader | undefined>();
  let answers: Readonly<Record<string, Answer>> = {};

  const look = () => {
    for (const name of ['tcf', 'gpp'] as const) {
      // A function, and no element of that name.
      if (readers.has(name) || typeof (globalThis as unknown as Record<string, unknown>)[name === 'tcf' ? '__tcfapi' : '__gpp'] !== 'function') continue;
      readers.set(name, undefined);
      part(base, name).then(({ read }) => {
        readers.set(name, read(() => queueMicrotask(again), options, (message) => problem('platform-unreadable', message)));
        again();
      }, (thrown: unknown) => problem('platform-unreadable', `everything stays closed: ${String(thrown)}`));
    }
  };
  look();
  // The other one may come later.
  addEventListener('load', look);

  return {
    reads(purposes) {
      const all = [...readers.values()].map((reader) => reader?.answers(purposes));
      const next = Object.fromEntries(Object.entries(purposes).filter(([, { kind }]) => kind !== 'necessary').map(([id]): [string, Answer] =>
        [id, strictest(all.map((each) => (each ? each[id] : 'denied')))]).filter(([, answer]) => answer));
      const changed = JSON.stringify(next) !== JSON.stringify(answers);
      answers = next;
      return changed;
    },
    over(record) {
      const said = Object.entries(answers);
      if (!said.length) return record;
      const at = new Date().toISOString();
      const purposes = Object.fromEntries(said.map(([id, state]) => [id, { state: state as 'granted' | 'denied', model: 'opt-in' as const, at, via: 'choice' as const }]));
      return record ? { ...record, purposes: { ...dated(record), ...purposes } } : { at, purposes };
    },
    without(record, former) {
      const purposes = Object.entries(record.purposes).filter(([id]) => !answers[id]);
      const ours = former ? Object.entries(dated(former)).filter(([id]) => answers[id]) : [];
      return { ...record, purposes: Object.fromEntries([...purposes, ...ours]) };
    },
    speaksOf: (purpose) => !!answers[purpose],
    stop() {
      removeEventListener('load', look);
      for (const reader of readers.values()) reader?.stop();
    },
  };
}

/** The record's purposes, each with the day and the way that it takes from the record. */
function dated({ at, via, purposes }: ConsentRecord): ConsentRecord['purposes'] {
  return Object.fromEntries(Object.entries(purposes).map(([id, purpose]) => [id, typeof purpose === 'string' ? { state: purpose, at, ...(via && { via }) } : { at, ...(via && { via }), ...purpose }]));
}
