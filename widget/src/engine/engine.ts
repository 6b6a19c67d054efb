import type { ConsentEvent, ConsentRecord, Decision, Deployment, Explanation, FoundMark, Issue, Marks, Output, Situation } from '../types.js';
import { clockWarning, localDay } from './clock.js';
import { call, type Core } from './core.js';
import { asFailure, CandorError, failure } from './error.js';
import { flatten } from './flatten.js';
import { request, type Operation } from './request.js';

/** Decides. Headless: no page, no clock but the given one, no network. Synchronous once loaded. */
export interface Engine {
  /** Date and hash of the whole rulebook, e.g. `2026.11.20+1a2b3c4d`. */
  readonly rules: string;
  /** The rulebook's date. */
  readonly built: string;
  /** From this day on every decision warns `rules-stale`. */
  readonly staleAfter: string;
  /** The languages that are loaded. */
  readonly languages: readonly string[];
  /** What is due in a situation. @throws CandorError with every reason at once */
  decide(situation: Situation): Decision;
  /** The same, with the outcome of every rule of its places. */
  explain(situation: Situation): Explanation;
  /** Takes an act of the person: the record to store, and what is due then. */
  consent(situation: Situation, event: ConsentEvent): { decision: Decision; record: ConsentRecord };
  /** What to write where on output of AI, for the marks that are due: attribute, `meta`, JSON-LD, header. docs/marks.md says what each is worth. */
  mark(situation: Situation, output?: Output): Marks;
  /**
   * The marks that content carries: HTML, plain text with its label, or the line of a header, at most 64 KiB of it.
   * @throws CandorError `too-large`
   */
  readMarks(content: string): readonly FoundMark[];
  /** The protocol itself: request lines in, the JSON envelope out, byte for byte what the core answers. */
  call(lines: string): string;
}

export interface EngineOptions {
  /** `candor.json`, handed over. Compiled in, the bundle holds it. */
  readonly deployment?: Deployment | undefined;
  /** The clock behind a situation without `at`. Default: the system's. */
  readonly now?: (() => Date) | undefined;
}

const encoder = new TextEncoder();

interface Envelope<Value> {
  readonly type: 'success' | 'failure';
  readonly value: Value;
  readonly errors: readonly Issue[];
  readonly warnings: readonly Issue[];
}

/** What the core says it holds after a pack was loaded. */
interface PackInfo {
  readonly rules: string;
  readonly built: string;
  readonly staleAfter: string;
  readonly languages: readonly string[];
}

function opened<Value>(answer: string): Envelope<Value> {
  const envelope = JSON.parse(answer) as Envelope<Value>;
  if (envelope.type !== 'success') throw new CandorError(envelope.errors, envelope.warnings);
  return envelope;
}

/**
 * An engine over a core and its packs. `load` is the usual way to one; this is for callers that hold both already.
 * `create` gives a fresh core: it is called again after a trap, because a core that trapped is not to be trusted.
 * @throws CandorError where a pack is refused
 */
export function createEngine(create: () => Core, packs: readonly Uint8Array[], options: EngineOptions = {}): Engine {
  const deployment = [...flatten(options.deployment, 'deployment'), ''].join('\n');
  // Any script of a page can call: the core believes nothing there that only lifts duties, unless the deployment vouches for it.
  const host = 'Document' in globalThis ? ({ host: 'page' } as const) : undefined;
  const clock = options.now ?? (() => new Date());
  let core: Core | undefined;
  let loaded: PackInfo | undefined;

  const ready = () => {
    if (core) return core;
    const fresh = create();
    for (const pack of packs) loaded = opened<PackInfo>(call(fresh, pack)).value;
    return (core = fresh);
  };
  const answer = (lines: string) => {
    try {
      return call(ready(), encoder.encode(lines));
    } catch (thrown) {
      core = undefined;
      throw thrown;
    }
  };

  ready();
  const { rules = '', built = '', staleAfter = '', languages = [] } = loaded ?? {};

  const ask = <Value>(op: Operation, situation: Situation, event?: ConsentEvent, output?: Output) => {
    let today: ReturnType<typeof localDay> | undefined;
    let lines: string;
    try {
      if (typeof situation !== 'object') throw failure('wrong-type', 'a situation is an object');
      today = situation.at ? undefined : localDay(clock(), built);
      lines = request(op, { ...situation, ...(today && { at: today.at }), ...host }, event, output).join('\n');
    } catch (thrown) {
      // Callers without types hand over what has no text: symbols, null for a situation.
      throw asFailure(thrown, 'wrong-type');
    }
    const { value, warnings } = opened<Value>(answer(`${lines}\n${deployment}`));
    return { value, warnings: today?.held ? [...warnings, clockWarning(today.at, built)] : warnings };
  };
  const decided = <Kind extends Decision>(op: 'decide' | 'explain', situation: Situation): Kind => {
    const { value, warnings } = ask<Omit<Kind, 'warnings'>>(op, situation);
    return { ...value, warnings } as Kind;
  };

  return {
    rules,
    built,
    staleAfter,
    languages,
    decide: (situation) => decided<Decision>('decide', situation),
    explain: (situation) => decided<Explanation>('explain', situation),
    consent(situation, event) {
      const { value, warnings } = ask<{ decision: Omit<Decision, 'warnings'>; record: ConsentRecord }>('consent', situation, event);
      return { decision: { ...value.decision, warnings }, record: value.record };
    },
    mark: (situation, output) => ask<Marks>('mark', situation, undefined, output).value,
    // A request is lines of printable text; what ends a line in the content is a blank to its reader.
    readMarks: (content) => opened<{ marks: FoundMark[] }>(answer(`op=read-marks\narg.content=${content.replace(/\p{Cc}/gu, ' ')}\n${deployment}`)).value.marks,
    call: answer,
  };
}
