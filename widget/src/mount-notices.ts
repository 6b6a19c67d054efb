import type { Engine } from './engine/engine.js';
import { asFailure } from './engine/error.js';
import type { CmpOptions } from './cmp/answer.js';
import type { Chat } from './hosts/composer.js';
import type { Adapter } from './hosts/host.js';
import { own } from './own.js';
import { fits, whenIdleOrClicked } from './plan.js';
import type { SignalOptions } from './signals/index.js';
import type { ConsentNow } from './signals/signal.js';
import { browserFacts, pageLanguages, pagePlaces } from './signals.js';
import { due, stage, type Own, type Target } from './stage.js';
import { refine, staticTexts } from './static-text.js';
import type { Store } from './store.js';
import type { ConsentEvent, ConsentRecord, Decision, Facts, Issue, Notice, Situation } from './types.js';
import type { Request, Witness } from './witness.js';

/** What is told, as DOM events named `candor:<type>` at the target (they bubble) and to `onEvent`. */
export interface Events {
  /** A new decision stands. */
  decision: Decision;
  /** A notice was visible: at least half of it, in a tab that is looked at. */
  shown: { readonly notice: string; readonly lang: string };
  /** The person chose. `trusted`: it was a person's click, as far as the browser knows. */
  choice: { readonly type: ConsentEvent['type']; readonly record: ConsentRecord; readonly trusted: boolean };
  /** What the gates do from now on: told once a decision is sure, before anything opens, and at each change. */
  consent: ConsentNow;
  /** The person pressed an action that no link stands behind, such as `human-agent`: the host's turn. */
  action: { readonly id: string; readonly notice: string };
  /** `no-slot`, `hidden` (with receipts), `suppressed`, `purpose-undeclared` and what else gates refuse, and all that the engine refuses. What can be shown is shown all the same. */
  error: Issue;
}

export type MountEvent = { [Type in keyof Events]: { readonly type: Type; readonly detail: Events[Type] } }[keyof Events];

export interface NoticeOptions {
  /** What decides, or a promise of it, or how to get it once it is needed. Until it is there the plan or the baseline stands. */
  readonly engine: Engine | PromiseLike<Engine> | (() => PromiseLike<Engine>);
  /** A decision that was made when the page was built. It stands until a fact, a place or the date leaves it. */
  readonly plan?: Decision | undefined;
  /** What stands in a chat after 800 ms without plan or engine. */
  readonly baseline?: ((languages: readonly string[]) => Notice) | undefined;
  /** A channel of the deployment, or a channel type. Default: `website` for a page, `chat-widget` for an element. */
  readonly channel?: string | undefined;
  /** What is known of the moment. Places default to `<meta name="candor-place">`, languages to the page's and the browser's. */
  readonly situation?: Situation | undefined;
  /** Where the choices of the person are kept. Default: on this device, in IndexedDB and localStorage. */
  readonly store?: Store | undefined;
  /**
   * Where the slots are, or a promise of it: then notices wait for it. Default: known for deep-chat and for a page; any other element is
   * a chat of which nothing is known.
   */
  readonly host?: Adapter | PromiseLike<Adapter> | undefined;
  /** Where the files beside the script are: those that are loaded only when a page needs them. */
  readonly base?: URL | undefined;
  /** The vendors that are told what the person chose; as text, their names: `google microsoft meta data-layer`. */
  readonly signals?: SignalOptions | string | undefined;
  /** Refuses requests of ungated scripts to the hosts of services that are not granted. */
  readonly guard?: boolean | undefined;
  /** How a registered consent platform of the page (`__tcfapi`, `__gpp`) is read; `false`: not at all. */
  readonly cmp?: CmpOptions | false | undefined;
  readonly onEvent?: ((event: MountEvent) => void) | undefined;
  /** Sees what is decided, shown and done: writes receipts, and brings what a page needs only now and then. */
  readonly witness?: Witness | undefined;
}

export interface Mounted {
  /**
   * States facts, such as `{ answeredBy: 'human' }`, and decides again; `undefined` takes a statement back. One that only lifts
   * duties counts where the deployment lists it under `vouch`; else the decision warns `claim-not-vouched`.
   */
  update(facts: Facts): void;
  /**
   * Whether something may be done that a rule may block: `request('dns-change', { sensitiveAction: ['dns-change'] })`. What is blocked until
   * something is known waits, and says so in the chat, until `update` states it (`{ approvedBy: 'qualified-person' }`); what is blocked for good is
   * refused with the reason. `facts` count for this question alone. `signal` gives up waiting: then it is blocked.
   */
  request(action: string, facts?: Facts, signal?: AbortSignal): Promise<Parameters<Request['settle']>[0]>;
  /** Opens everything legal in one place: links, providers, offers, choices, reasons. */
  legalHub(): void;
  /** What stands now; undefined until the first decision. */
  readonly decision: Decision | undefined;
  /** Takes everything away again; static text stays. */
  unmount(): void;
}

/** The consent half of a mount, apart so that a page without purposes need not load it. */
export type ConsentPart = (context: {
  readonly options: NoticeOptions;
  readonly store: Store | undefined;
  readonly dispatch: <Type extends keyof Events>(type: Type, detail: Events[Type]) => void;
  /** The target, where it is there, and what its host lets us use. */
  readonly host: Chat;
  /** Keeps these in the page, and takes away what no longer is among them. */
  readonly place: (own: readonly Own[]) => void;
  readonly take: (event: ConsentEvent) => Promise<{ decision: Decision; record: ConsentRecord }>;
  readonly apply: (decision: Decision) => void;
  /** Decides anew: the record is another one. */
  readonly again: () => void;
  /** Whether we ask for a purpose, and nobody else does. */
  readonly mayAsk?: (purpose: string) => boolean;
}) => {
  /** Until the stored record is read; undefined: it is. */
  readonly stored: Promise<void> | undefined;
  record(): ConsentRecord | undefined;
  /** Whether the record says something else now that the purposes are known: then it is decided again. */
  reads?(decision: Decision): boolean;
  /** `sure` false: a plan that may not fit. Then nothing opens. */
  apply(decision: Decision, sure: boolean): void;
  stop(): void;
};

/** How long a chat may stand without a word, in milliseconds. */
const patience = 800;

/** Mounts notices, and with a consent part the prompt and the gates. */
export function mountNotices(target: Target, stated: NoticeOptions, consentOf?: ConsentPart): Mounted {
  const options = own(stated);
  const { plan } = options;
  const given = own(options.situation ?? {});
  const channel = options.channel ?? given.channel ?? (target instanceof Document ? 'website' : 'chat-widget');
  let engine: Engine | undefined;
  let loading: Promise<Engine> | undefined;
  let decision: Decision | undefined;
  let standing = '';
  let facts: Facts = {};
  let stopped = false;

  const announce = <Type extends keyof Events>(type: Type, detail: Events[Type]) => {
    (scene.element ?? document).dispatchEvent(new CustomEvent(`candor:${type}`, { detail, bubbles: true, composed: true }));
    options.onEvent?.({ type, detail } as MountEvent);
  };
  const dispatch = <Type extends keyof Events>(type: Type, detail: Events[Type]) => {
    announce(type, detail);
    tell({ type, detail } as MountEvent);
  };
  const scene = stage(target, channel, options.host, {
    shown: ({ id, lang }) => dispatch('shown', { notice: id, lang }),
    action: ({ id }, notice) => dispatch('action', { id, notice: notice.id }),
    problem: (code, message) => {
      const issue = { code, path: '', message };
      // What no slot can carry is a warning of the decision too: the operator may read it there.
      if (code === 'no-slot' && decision) decision = { ...decision, warnings: [...decision.warnings, issue] };
      dispatch('error', issue);
    },
    speaker: (answeredBy) => queueMicrotask(() => update({ answeredBy })),
    see: (seen) => tell(seen),
  });

  const showBaseline = () => {
    if (decision || stopped || !options.baseline || target instanceof Document || staticTexts(channel).length) return;
    scene.show({ notices: [options.baseline(pageLanguages(scene.element))], links: [], marks: [] });
  };
  const fail = (thrown: unknown) => {
    for (const issue of asFailure(thrown, 'unavailable').errors) dispatch('error', issue);
    showBaseline();
  };
  const ready = () => loading ??= Promise.resolve(typeof options.engine === 'function' ? options.engine() : options.engine).then((found) => {
    engine = found;
    decide();
    return found;
  }, (error: unknown) => {
    loading = undefined;  // the next decision tries again
    throw error;
  });
  const consent = consentOf?.({
    options,
    store: options.store,
    host: scene,
    dispatch,
    place(nodes) {
      scene.place(nodes, scene);
      tell({ type: 'prompt', detail: nodes.find(({ asks }) => asks)?.node });
    },
    take: async (event) => {
      const found = await ready();
      return readable((now) => found.consent(now, event));
    },
    apply: (decided) => apply(decided, true),
    again: () => decide(),
  });
  const situation = (): Situation => ({
    ...given,
    channel,
    jurisdictions: given.jurisdictions ?? pagePlaces(),
    languages: given.languages ?? pageLanguages(scene.element),
    facts: { ...browserFacts(), ...given.facts, ...facts },
    consent: consent?.record() ?? given.consent,
  });

  /** A record that the engine refuses, because it is damaged, must not silence the notices: it counts as one that cannot be read. */
  const readable = <Answer>(ask: (now: Situation) => Answer): Answer => {
    const now = situation();
    try {
      return ask(now);
    } catch (thrown) {
      if (now.consent) return ask({ ...now, consent: { at: '', purposes: {} } });
      throw thrown;
    }
  };

  const tell = options.witness?.({
    channel,
    host: scene,
    report: (issue) => dispatch('error', issue),
    decision: () => decision,
    facts: () => facts,
    ask: async <Op extends 'decide' | 'mark' = 'decide'>(more: Situation, op?: Op) => {
      const found = await ready();
      return readable((now) => found[op ?? 'decide']({ ...now, ...more, facts: { ...now.facts, ...more.facts } })) as ReturnType<Engine[Op]>;
    },
    place: scene.place,
    dispatch,
    tell: (seen) => tell(seen),
  }) ?? (() => {});

  const decide = () => {
    if (stopped) return;
    const decider = engine;
    if (decider) {
      try {
        const decided = readable((now) => decider.decide(now));
        apply(consent?.reads?.(decided) ? readable((now) => decider.decide(now)) : decided, true);
      } catch (thrown) {
        fail(thrown);
      }
      return;
    }
    const planned = !!plan && !consent?.reads?.(plan) && fits(plan, situation());
    if (plan) apply(plan, planned);
    if (!planned) ready().catch(fail);
  };
  const update = (stated: Facts) => {
    facts = { ...facts, ...stated };
    decide();
    tell({ type: 'updated', detail: stated });
  };
  const apply = (decided: Decision, sure: boolean) => {
    const json = JSON.stringify([decided, sure]);
    if (stopped || json === standing) return;
    standing = json;
    decision = decided;
    tell({ type: 'decision', detail: decided });
    consent?.apply(decided, sure);
    const person = facts['answeredBy'] === 'human' && decided.claims.some(({ fact }) => fact === 'answeredBy');
    for (const text of staticTexts(channel)) refine(text, due(decided.notices), person);
    scene.show(decided);
    announce('decision', decided);
  };

  if ('decide' in options.engine) engine = options.engine;
  if (consent?.stored) void consent.stored.then(decide);
  else decide();
  const timer = setTimeout(showBaseline, patience);
  if (plan) whenIdleOrClicked(() => void (stopped || ready().catch(fail)));
  // The day may have changed since the page was last looked at.
  const again = () => document.hidden || decide();
  const restored = ({ persisted }: PageTransitionEvent) => persisted && decide();
  addEventListener('pageshow', restored);
  document.addEventListener('visibilitychange', again);

  return {
    update,
    request: (action, given = {}, signal) => new Promise((settle) => tell({ type: 'request', detail: { action, facts: given, signal, settle } })),
    legalHub: () => dispatch('action', { id: 'legal-hub', notice: '' }),
    get decision() {
      return decision;
    },
    unmount() {
      stopped = true;
      clearTimeout(timer);
      removeEventListener('pageshow', restored);
      document.removeEventListener('visibilitychange', again);
      consent?.stop();
      scene.stop();
      tell({ type: 'unmounted' });
    },
  };
}
