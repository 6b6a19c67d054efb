import { tellConsent } from './consent-api.js';
import type { Late } from './consent-late.js';
import { promptView } from './elements/prompt.js';
import { waysView } from './elements/ways.js';
import { asFailure } from './engine/error.js';
import { gates } from './gates.js';
import type { ConsentPart } from './mount-notices.js';
import { part } from './parts.js';
import { localStore } from './store.js';
import type { ConsentEvent, ConsentRecord, Decision, Notice } from './types.js';

/** Opens the choices: an element of the page's own, such as a link in its footer. */
const opener = '[data-candor-choices]';

/**
 * The prompt, the choices behind it, the record and the gates: what a page needs whose deployment declares purposes.
 * @param parts what is needed only once the person acts, at hand or yet to be loaded
 */
export const consentPart = (parts: () => Late | Promise<Late>): ConsentPart => ({ options, store = localStore(), dispatch, place, take, apply, again, mayAsk = () => true }) => {
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
      fail(thrown);
      arrange();
    }
  };
  const fail = (thrown: unknown) => {
    for (const issue of asFailure(thrown, 'unavailable').errors) dispatch('error', issue);
  };
  const later = (use: (found: Late) => void) => {
    const found = parts();
    if (found instanceof Promise) found.then(use).catch(fail);
    else use(found);
  };
  const choose = () => later(({ centreView }) => {
    centre ??= centreView(decide);
    if (current) centre.open(current, ways.focus);
  });
  const prompt = promptView(decide, choose);
  const ways = waysView(decide, choose);
  let centre: ReturnType<Late['centreView']> | undefined;
  let reload: ReturnType<Late['reloadView']> | undefined;

  /** What ran and may no longer: a page can only start anew. */
  const offerReload = () => later(({ reloadView }) => {
    reload ??= reloadView(() => {
      stale.clear();
      arrange();
    });
    draw();
    arrange();
  });

  const draw = () => {
    if (!current) return;
    const { consent, links } = current;
    const notice = promptOf(current);
    if (notice) prompt.draw(notice, links);
    if (!consent) return;
    ways.draw(current);
    reload?.draw(consent.lang, consent.dir);
  };

  /** What stands in the page now. @param asking false: the answer is being taken */
  const arrange = (asking = !!promptOf(current)) => {
    const asked = Object.values(current?.consent?.purposes ?? {}).some(({ kind }) => kind !== 'necessary');
    place([
      ...(asking ? [{ node: prompt.host, draw, asks: true as const }] : []),
      ...(stale.size && reload ? [{ node: reload.host, draw }] : []),
      ...(asked ? [{ node: ways.host, draw, slot: 'page-footer' as const }] : []),
    ]);
  };

  const pressed = (click: Event) => {
    const found = click.target instanceof Element && click.target.closest(opener);
    if (!found || !current) return;
    click.preventDefault();
    choose();
  };
  addEventListener('click', pressed);
  const stopWatching = store.watch?.(() => {
    centre?.close();
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
      draw();
      if (sure) {
        for (const [id, { state }] of Object.entries(consent?.purposes ?? {})) {
          if (state === 'granted') stale.delete(id);
          else if (running.has(id)) stale.add(id);
          running[state === 'granted' ? 'add' : 'delete'](id);
        }
        if (stale.size) offerReload();
        if (Object.values(consent?.purposes ?? {}).some(({ state, standing }) => state === 'denied' && standing !== 'unasked')) later(({ clearRefused }) => clearRefused(decision));
        gate.apply(decision);
      }
      arrange();
    },
    stop() {
      removeEventListener('click', pressed);
      stopWatching?.();
      centre?.close();
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
