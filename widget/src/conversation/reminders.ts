/**
 * `candor.reminders.js`: what comes again after some time, such as every three hours. Loaded where a decision has such a notice. When it is due the
 * core says (`nextCheck`); here the clock on the wall is looked at, since timers sleep with the machine.
 */
import { paragraphs } from '../elements/notice.js';
import { make } from '../elements/dom.js';
import { statusSlots, statusView } from '../elements/status.js';
import { isPast, localInstant } from '../engine/clock.js';
import { asFailure } from '../engine/error.js';
import { whenSeen } from '../sight.js';
import type { Notice } from '../types.js';
import { comesAgain, type Mount, type See } from '../witness.js';
import { wordsIn } from '../words.js';
import { since } from './since.js';

/** How often the clock is looked at, in milliseconds. */
const interval = 15_000;

export default function reminders(mount: Mount): See {
  const view = statusView();
  let due: readonly Notice[] = [];
  let next: string | null = null;
  let forget = () => {};
  mount.place([{ ...view, slots: statusSlots }], view);

  const last = since(mount.channel, () => void ask());
  const ask = async () => {
    try {
      const now = last.instant;
      const { notices, nextCheck } = await mount.ask({ now });
      if (now !== last.instant) return;  // another tab reminded meanwhile
      due = notices.filter(comesAgain);
      next = nextCheck;
      if (!next) hide();
      check();
    } catch (thrown) {
      for (const issue of asFailure(thrown, 'unavailable').errors) mount.report(issue);
    }
  };
  const check = () => {
    if (!document.hidden && next && isPast(next)) last.renew(localInstant(new Date()), remind);
  };
  const remind = () => {
    hide();
    const [first] = due;
    if (!first) return;
    const close = make('button', { type: 'button', part: 'close' }, wordsIn(first.lang).close);
    close.addEventListener('click', hide);
    const notices = due;
    view.say(first, [...notices.flatMap(paragraphs), ...(notices.every(({ dismissible }) => dismissible) ? [make('p', {}, close)] : [])], () => {
      mount.tell({ type: 'stands', detail: { node: view.node, notices } });
      forget = whenSeen(view.node, () => {
        for (const { id, lang } of notices) mount.dispatch('shown', { notice: id, lang });
      });
    });
  };
  const hide = () => {
    forget();
    view.say({ lang: '', dir: '' }, []);
    mount.tell({ type: 'stands', detail: { node: view.node, notices: [] } });
  };

  const timer = setInterval(check, interval);
  document.addEventListener('visibilitychange', check);
  addEventListener('pageshow', check);
  return ({ type }) => {
    if (type === 'decision') void ask();
    if (type !== 'unmounted') return;
    clearInterval(timer);
    document.removeEventListener('visibilitychange', check);
    removeEventListener('pageshow', check);
    forget();
    last.stop();
  };
}
