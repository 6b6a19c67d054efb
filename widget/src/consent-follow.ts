import { onConsent } from './consent-api.js';
import { inChat } from './in-chat.js';
import type { ConsentPart } from './mount-notices.js';
import { localStore } from './store.js';
import type { ConsentRecord, Decision } from './types.js';

/** For channels beside the one that asks: they decide with what was chosen there, open nothing themselves, and ask only what belongs into a chat. */
export const followConsent: ConsentPart = (context) => {
  const { store = localStore(), place, again } = context;
  let record: ConsentRecord | undefined;
  let current: Decision | undefined;
  const learn = async () => {
    record = await store.read();
  };
  const arrange = () => current && place(chat(current));
  const chat = inChat({ ...context, store }, arrange);
  const stop = onConsent(() => void learn().then(again));
  return {
    stored: learn(),
    record: () => record,
    apply(decision) {
      current = decision;
      arrange();
    },
    stop,
  };
};
