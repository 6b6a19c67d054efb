import type { Purposes } from '../gates.js';
import type { PurposeState } from '../types.js';

/** What the gates do now, as `candor:consent` tells it. */
export interface ConsentNow {
  readonly purposes: Purposes;
  /** The places that were decided for, parents included; `*`: unknown. */
  readonly places: readonly string[];
}

/** Tells one vendor. Made before any tag of theirs, it says their default at once; called, it says what holds now. */
export type Signal = (now: ConsentNow) => void;

export function allGranted(purposes: readonly (readonly [string, PurposeState])[]): boolean {
  return purposes.length > 0 && purposes.every(([, { state }]) => state === 'granted');
}

/** Whether every declared purpose of a kind is granted, and there is one. */
export function kindGranted(purposes: Purposes, kind: PurposeState['kind']): boolean {
  return allGranted(Object.entries(purposes).filter(([, purpose]) => purpose.kind === kind));
}

/** A global of the page that vendors share; made where it is not there. */
export function pageGlobal<Value>(name: string, make: () => Value): Value {
  const page = globalThis as unknown as Record<string, Value | undefined>;
  return (page[name] ??= make());
}
