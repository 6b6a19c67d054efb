import { foundCmp } from './cmp/found.js';
import { onConsent } from './consent-api.js';
import type { ConsentPart } from './mount-notices.js';
import { part } from './parts.js';
import type { Decision } from './types.js';

/**
 * A consent part with what a page may have besides: signals to vendors, the guard, a registered consent platform. Each is a file that is
 * loaded only where it is asked for or found; gates wait for it, so that nothing starts before its vendor was told.
 */
export const withExtras = (inner: ConsentPart): ConsentPart => (context) => {
  const { options: { base, signals, guard, cmp }, dispatch, again } = context;
  const problem = (code: string, message: string) => dispatch('error', { code, path: '', message });
  const platform = cmp === false ? undefined : foundCmp(base, cmp, again, problem);
  const stops: (() => void)[] = [];
  let awaited = 0;
  let latest: Decision | undefined;

  const consent = inner({
    ...context,
    mayAsk: (purpose) => !platform?.speaksOf(purpose),
    async take(event) {
      const former = consent.record();
      const answer = await context.take(event);
      return platform ? { ...answer, record: platform.without(answer.record, former) } : answer;
    },
  });
  const wait = async (work: Promise<() => void>) => {
    awaited++;
    try {
      stops.push(await work);
    } catch (thrown) {
      problem('unavailable', String(thrown));
    }
    if (!--awaited && latest) consent.apply(latest, true);
  };

  // What stands in the head of the page told them already.
  const { head } = (globalThis as { candor?: { head?: { signals?: boolean; guard?: boolean } } }).candor ?? {};
  if (signals && !head?.signals) void wait(part(base, 'signals').then((file) => onConsent(file.signals(signals))));
  if (guard && !head?.guard) {
    void wait(part(base, 'guard').then((file) => {
      const held = file.guard([], (host, ids) => problem('request-blocked', `a request to \`${host}\` waits for \`${ids.join('`, `')}\``));
      const forget = onConsent((now) => held.apply(now.purposes));
      return () => {
        forget();
        held.stop();
      };
    }));
  }
  return {
    ...consent,
    record: () => (platform ? platform.over(consent.record()) : consent.record()),
    reads: (decision) => !!platform?.reads(decision.consent?.purposes ?? {}),
    apply(decision, sure) {
      if (sure) latest = decision;
      consent.apply(decision, sure && !awaited);
    },
    stop() {
      for (const stop of stops) stop();
      platform?.stop();
      consent.stop();
    },
  };
};
