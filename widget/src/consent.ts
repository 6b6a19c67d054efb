import { clearRefused } from './clear.js';
import { tellConsent } from './consent-api.js';
import { centreView } from './elements/centre.js';
import { promptView } from './elements/prompt.js';
import { reloadView } from './elements/reload.js';
import { waysView } from './elements/ways.js';
import { asFailure } from './engine/error.js';
import { gates } from './gates.js';
import type { ConsentPart } from './mount-notices.js';
import { part } from './parts.js';
import { localStore } from './store.js';
import type { ConsentEvent, ConsentRecord, Decision, Notice } from './types.js';

/** Opens the choices: an element of the page's own, such as a link in its footer. */
const opener = '[data-candor-choices]';

/** The prompt, the choices behind it, the record and the gates: what a page needs whose deployment declares purposes. */
export const consentPart: ConsentPart = ({ options, store = localStore(), dispatch, place, take, apply, again, mayAsk = () => true }) => {
  let record: ConsentRecord | undefined;
  let current: Decision | undefined;
  const running = new Set<string>();
  /** Purposes that ran in this page and may no longer. */
  const stale = new Set<string>();
  const gate = gates({
    problem: (code, message) => dispatch('error', { code, path: '', message }),
    changed(purposes, places) {
      tellConsent({ purposes, places });
      dispatch('consent', { purposes, places });
    },
    allow: (purpose, click) => decide({ type: 'choose', purposes: { [purpose]: 'granted' } }, click),
    mayAsk,
    embeds: async () => (await part(options.base, 'embeds')).embeds(),
  });

  const decide = (event: Omit<ConsentEvent, 'now'>, click: Event) => {
    arrange(false);
    afterPaint(() => void chosen({ ...event, now: new Date().toISOString() }, click.isTrusted));
  };
  const chosen = async (event: ConsentEvent, trusted: boolean) => {
    try {
      const answer = await take(event);
      record = answer.record;
      void store.write(record);
      dispatch('choice', { type: event.type, record, trusted });
      apply(answer.decision);
    } catch (thrown) {
      for (const issue of asFailure(thrown, 'unavailable').errors) dispatch('error', issue);
      arrange();
    }
  };
  const choose = () => current && centre.open(current, ways.focus);
  const prompt = promptView(decide, choose);
  const centre = centreView(decide);
  const ways = waysView(decide, choose);
  const reload = reloadView(() => {
    stale.clear();
    arrange();
  });

  /** What stands in the page now. @param asking false: the answer is being taken */
  const arrange = (asking = !!promptOf(current)) => {
    const asked = Object.values(current?.consent?.purposes ?? {}).some(({ kind }) => kind !== 'necessary');
    place([...(asking ? [{ node: prompt.host, asks: true as const }] : []), ...(stale.size ? [{ node: reload.host }] : []), ...(asked ? [{ node: ways.host, slot: 'page-footer' as const }] : [])]);
  };

  const pressed = (click: Event) => {
    const found = click.target instanceof Element && click.target.closest(opener);
    if (!found || !current) return;
    click.preventDefault();
    choose();
  };
  addEventListener('click', pressed);
  const stopWatching = store.watch?.(() => {
    centre.close();
    again();
  });

  const stored = store.read();
  return {
    stored: stored instanceof Promise ? stored.then((found) => void (record = found)) : void (record = stored),
    record() {
      const found = store.read();
      return (record = found instanceof Promise ? record : found ?? record);
    },
    apply(decision, sure) {
      current = decision;
      const { consent } = decision;
      const notice = promptOf(decision);
      if (notice) prompt.draw(notice, decision.links);
      if (consent) ways.draw(decision);
      if (sure) {
        for (const [id, { state }] of Object.entries(consent?.purposes ?? {})) {
          if (state === 'granted') stale.delete(id);
          else if (running.has(id)) stale.add(id);
          running[state === 'granted' ? 'add' : 'delete'](id);
        }
        if (stale.size && consent) reload.draw(consent.lang, consent.dir);
        clearRefused(decision);
        gate.apply(decision);
      }
      arrange();
    },
    stop() {
      removeEventListener('click', pressed);
      stopWatching?.();
      centre.close();
      gate.stop();
    },
  };
};

/** What asks, where the person is to be asked. */
function promptOf(decision: Decision | undefined): Notice | undefined {
  return decision?.consent?.prompt ? decision.notices.find(({ topic }) => topic === 'consent-prompt') : undefined;
}

/** The click is answered on the screen before anything starts. */
function afterPaint(work: () => void): void {
  if (document.hidden) setTimeout(work);
  else requestAnimationFrame(() => setTimeout(work));
}
