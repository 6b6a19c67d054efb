import { promptView } from './elements/prompt.js';
import { gates } from './gates.js';
import type { ConsentPart } from './mount-notices.js';
import { localStore } from './store.js';
import type { ConsentEvent, ConsentRecord } from './types.js';

/** The prompt, the record and the gates: what a page needs whose deployment declares purposes. */
export const consentPart: ConsentPart = ({ store = localStore(), dispatch, place, take, apply }) => {
  let record: ConsentRecord | undefined;
  const gate = gates((purpose) => {
    dispatch('error', { code: 'purpose-undeclared', path: '', message: `\`${purpose}\` is not a purpose of the deployment: its scripts stay closed` });
  });
  const view = promptView((event, click) => {
    place(undefined);
    afterPaint(() => void chosen({ ...event, now: new Date().toISOString() }, click.isTrusted));
  });
  const chosen = async (event: ConsentEvent, trusted: boolean) => {
    const answer = await take(event);
    record = answer.record;
    void store.write(record);
    dispatch('choice', { type: event.type, record, trusted });
    apply(answer.decision);
  };
  const stored = store.read();
  return {
    stored: stored instanceof Promise ? stored.then((found) => void (record = found)) : void (record = stored),
    record: () => record,
    apply(decision, sure) {
      const notice = decision.consent?.prompt && decision.notices.find(({ topic }) => topic === 'consent-prompt');
      if (notice && decision.consent) view.draw(notice, decision.consent, decision.links);
      place(notice ? view.host : undefined);
      if (sure) gate.apply(decision);
    },
    stop: gate.stop,
  };
};

/** The click is answered on the screen before anything starts. */
function afterPaint(work: () => void): void {
  if (document.hidden) setTimeout(work);
  else requestAnimationFrame(() => setTimeout(work));
}
