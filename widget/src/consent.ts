import { chooser, type Choose } from './choose.js';
import { tellConsent } from './consent-api.js';
import type { Late } from './consent-late.js';
import { promptView } from './elements/prompt.js';
import { waysView } from './elements/ways.js';
import { asFailure } from './engine/error.js';
import { gates } from './gates.js';
import type { ConsentPart, Events } from './mount-notices.js';
import { part } from './parts.js';
import { localStore } from './store.js';
import { asksIn, inChat } from './in-chat.js';
import type { ConsentRecord, Decision, Notice } from './types.js';

/** Opens the choices: an element of the page's own, such as a link in its footer. */
const opener = '[data-candor-choices]';

/**
 * The prompt, the choices behind it, the record and the gates: what a page needs whose deployment declares purposes.
 * @param parts what is needed only once the person acts, at hand or yet to be loaded
 */
export const consentPart = (parts: () => Late | Promise<Late>): ConsentPart => (context) => {
  const { options, store = localStore(), dispatch, place, again, mayAsk = () => true } = context;
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

  const fail = (thrown: unknown) => {
    for (const issue of asFailure(thrown, 'unavailable').errors) dispatch('error', issue);
  };
  const choosing = { ...context, store };
  const choose = chooser(choosing, (thrown) => {
    fail(thrown);
    arrange();
  });
  const chat = inChat(choosing, () => arrange());
  const decide: Choose = (event, click) => {
    arrange(false);
    choose(event, click);
  };
  const later = (use: (found: Late) => void) => {
    const found = parts();
    if (found instanceof Promise) found.then(use).catch(fail);
    else use(found);
  };
  const openCentre = () => later(({ centreView }) => {
    centre ??= centreView(decide);
    if (current) centre.open(current, ways.focus);
  });
  const prompt = promptView(decide, openCentre);
  const ways = waysView(decide, openCentre, () => dispatch('action', { id: 'legal-hub', notice: '' }));
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
      ...(asked ? [{ node: ways.host, draw, slots: ['page-footer'] as const }] : []),
      ...(current ? chat(current) : []),
    ]);
  };

  const pressed = (click: Event) => {
    const [target] = click.composedPath();
    const found = target instanceof Element && target.closest(opener);
    if (!found || !current) return;
    click.preventDefault();
    openCentre();
  };
  addEventListener('click', pressed);
  /** A choice, here or in a chat beside: before any listener of the page. */
  const chosen = ({ detail }: CustomEventInit<Events['choice']>) => {
    record = detail?.record;
    queueMicrotask(again);  // what follows from it is told after it
  };
  addEventListener('candor:choice', chosen, true);
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
      removeEventListener('candor:choice', chosen, true);
      stopWatching?.();
      centre?.close();
      gate.stop();
    },
  };
};

/** What asks, where the person is to be asked on the page. */
function promptOf(decision: Decision | undefined): Notice | undefined {
  return asksIn(decision, 'page-banner').length ? decision?.notices.find(({ topic }) => topic === 'consent-prompt') : undefined;
}
