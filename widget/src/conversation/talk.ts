/**
 * `candor.talk.js`: who is speaking, and what waits for a person. Loaded once a person is asked for, takes over, or is needed for an approval.
 * It says so in one quiet line beside what the person writes.
 */
import { make } from '../elements/dom.js';
import { sourcesOf } from '../elements/sources.js';
import { statusSlots, statusView } from '../elements/status.js';
import { asFailure } from '../engine/error.js';
import type { Decision } from '../types.js';
import type { Mount, Request, See } from '../witness.js';
import { talkWordsIn } from '../words.js';

type Word = keyof ReturnType<typeof talkWordsIn>;

export default function talk(mount: Mount): See {
  const line = statusView();
  const waiting = new Set<Request>();
  let person = false;
  mount.place([{ ...line, slots: statusSlots }], line);

  const language = () => mount.decision()?.consent ?? { lang: 'en', dir: 'ltr' };
  const say = (word: Word) => line.say(language(), [make('p', {}, talkWordsIn(language().lang)[word])]);
  const speaks = ({ claims }: Decision) => {
    const before = person;
    person = mount.facts()['answeredBy'] === 'human' && claims.some(({ fact }) => fact === 'answeredBy');
    if (person !== before) say(person ? 'person' : 'ai');
  };
  const settle = (request: Request, answer: 'allowed' | 'blocked') => {
    waiting.delete(request);
    request.settle(answer);
  };
  /** Only the core knows whether it is blocked; a question that cannot be answered is. */
  const consider = async (request: Request) => {
    try {
      const decision = await mount.ask({ facts: request.facts });
      const blocks = decision.blocks.filter(({ action }) => action === request.action);
      const asked = waiting.has(request);
      if (blocks.some(({ until }) => until === null) || request.signal?.aborted) settle(request, 'blocked');
      else if (blocks.length) waiting.add(request);
      else settle(request, 'allowed');
      if (blocks.length && !asked) line.say(language(), blocks.map((block) => explained(block, decision)));
      if (!blocks.length && asked) {
        say('approved');
        document.dispatchEvent(new CustomEvent('candor:record', { detail: { event: 'approved', channel: mount.channel } }));
      }
    } catch (thrown) {
      for (const issue of asFailure(thrown, 'unavailable').errors) mount.report(issue);
      settle(request, 'blocked');
    }
  };
  const explained = ({ text: { title, body }, satisfies }: Decision['blocks'][number], decision: Decision) => {
    const sources = sourcesOf(decision, 'block', satisfies).flatMap((source, index) => [index ? '; ' : ' ', source]);
    return make('p', {}, make('strong', {}, title), ` ${body ?? ''} ${talkWordsIn(language().lang).reason}:`, ...sources);
  };
  const giveUp = (request: Request) => {
    if (waiting.has(request)) line.say(language(), []);
    settle(request, 'blocked');
  };

  return (seen) => {
    switch (seen.type) {
      case 'decision':
        speaks(seen.detail);
        break;
      case 'updated':
        for (const request of waiting) void consider(request);
        break;
      case 'action':
        if (seen.detail.id !== 'legal-hub') say('heard');
        break;
      case 'request':
        seen.detail.signal?.addEventListener('abort', () => giveUp(seen.detail));
        void consider(seen.detail);
        break;
      case 'unmounted':
        for (const request of waiting) settle(request, 'blocked');
        break;
      default:
    }
  };
}
