import type { Engine } from '../engine/engine.js';
import { mountNotices, type ConsentPart } from '../mount-notices.js';
import type { Decision } from '../types.js';
import { builtInJson } from './data.js';
import type { Witness, witnessFrom } from '../witness.js';
import { publish } from './publish.js';
import { onlyTag } from './only-tag.js';

interface Split {
  load(base: URL): Promise<Engine>;
  readonly witnessFrom: typeof witnessFrom;
}

/** What a planned file leaves to the engine. */
const unplanned = { obligations: [], undetermined: [], moreLinks: [], providers: [], consent: null };

/**
 * Shows the first decision, made by the build; the engine comes with `candor.js` when it is needed. Of the decision the file holds what is
 * shown: which rules ask for it, and why, the engine says.
 */
export function mountPlan(consentOf?: (split: <Api>() => Promise<Api>) => ConsentPart): void {
  const { value, warnings } = builtInJson<{ value: Omit<Decision, keyof typeof unplanned> & Partial<Pick<Decision, 'consent'>>; warnings: Decision['warnings'] }>();
  const tag = onlyTag();
  if (!tag) return;
  /** What `candor.js` publishes. */
  const split = async <Api>() => {
    await import(new URL('candor.js', tag.base).href);
    return (globalThis as unknown as { candor: Api }).candor;
  };
  let arrive = (_: Split) => {};
  const arrived = new Promise<Split>((resolve) => (arrive = resolve));
  const engine = async () => {
    const api = await split<Split>();
    arrive(api);
    return api.load(tag.base);
  };
  /** What is seen before `candor.js` is there waits. */
  const witness: Witness = (mount) => {
    const watching = arrived.then((api) => api.witnessFrom(tag.base, tag.receipts)(mount));
    return (seen, at = Date.now()) => void watching.then((see) => see(seen, at));
  };
  publish({ mounted: mountNotices(tag.target, { ...tag, engine, witness, plan: { ...unplanned, ...value, warnings } }, consentOf?.(split)) });
}
