import type { Decision } from '../types.js';

/** What a person can do about what was granted or runs without asking, beyond choosing anew. */
const offered = ['withdraw', 'opt-out'] as const;

/** The offers of a decision that a person can take up now: what was granted can be withdrawn, what runs without asking can be stopped. */
export function offersOf({ offers, consent }: Decision) {
  const purposes = Object.values(consent?.purposes ?? {});
  const open = {
    'withdraw': purposes.some(({ standing }) => standing === 'granted'),
    'opt-out': purposes.some(({ kind, state, model }) => kind !== 'necessary' && state === 'granted' && model === 'opt-out'),
  };
  return offered.flatMap((id) => offers.filter((offer) => offer.id === id && open[id]).map(({ label }) => ({ id, label })));
}
