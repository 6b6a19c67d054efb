import { localDay } from './engine/clock.js';
import type { Decision, Situation } from './types.js';

/** Whether a planned decision still answers: nothing was stated that it does not know, and its days are not over. */
export function fits(plan: Decision, { at, jurisdictions, facts = {}, consent }: Situation): boolean {
  const day = at ?? localDay(new Date(), plan.at).at;
  return (!plan.validUntil || day < plan.validUntil) && !consent && Object.keys(facts).length === 0
    && (jurisdictions ?? []).every((place) => plan.jurisdictions.includes(place));
}

/** Calls `work` when the browser has time for it, at the latest at the first click. */
export function whenIdleOrClicked(work: () => void): void {
  addEventListener('click', work, { once: true, capture: true });
  if ('requestIdleCallback' in globalThis) requestIdleCallback(work, { timeout: 10_000 });
  else setTimeout(work, 2_000);
}
