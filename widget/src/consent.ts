import { tellConsent } from './consent-api.js';
import { promptView } from './elements/prompt.js';
import { gates } from './gates.js';
import type { ConsentPart } from './mount-notices.js';
import { part } from './parts.js';
import { localStore } from './store.js';
import type { ConsentEvent, ConsentRecord } from './types.js';

/** The prompt, the record and the gates: what a page needs whose deployment declares purposes. */
export const consentPart: ConsentPart = ({ options, store = localStore(), dispatch, place, take, apply, declared, mayAsk = () => true }) => {
  let record: ConsentRecord | undefined;
  const gate = gates({
    problem: (code, message) => dispatch('error', { code, path: '', message }),
    changed(purposes, places) {
      tellConsent({ purposes, places });
      dispatch('consent', { purposes, places });
    },
    allow(purpose, click) {
      afterPaint(() => void chosen({ type: 'choose', purposes: { [purpose]: 'granted' }, now: new Date().toISOString() }, click.isTrusted));
    },
    mayAsk,
    embeds: async () => (await part(options.base, 'embeds')).embeds(await declared().catch(() => [])),
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
