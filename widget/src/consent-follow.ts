import { onConsent } from './consent-api.js';
import type { ConsentPart } from './mount-notices.js';
import type { ConsentRecord } from './types.js';

/** For channels beside the one that asks: they decide with what was chosen there, and ask and open nothing themselves. */
export const followConsent: ConsentPart = ({ store, again }) => {
  let record: ConsentRecord | undefined;
  const learn = async () => {
    record = await store?.read();
  };
  const stop = onConsent(() => void learn().then(again));
  return { stored: learn(), record: () => record, apply() {}, stop };
};
