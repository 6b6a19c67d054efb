/**
 * The shapes that cross between the core and its callers: what is asked and what is answered.
 * Days are `YYYY-MM-DD`, instants RFC 3339, durations ISO 8601, languages BCP 47, places ISO 3166-1 or -2, `EU`, `EEA` or `*` (unknown).
 */

export type Severity = 'mandatory' | 'on-request' | 'safe-harbour' | 'litigation-risk' | 'advisory' | 'block' | 'pending';
export type Layer = 'law' | 'agreement' | 'platform' | 'house';
export type Model = 'none' | 'notice' | 'opt-out' | 'opt-in' | 'prohibited';
export type Slot =
  | 'page-banner' | 'page-footer' | 'page-section' | 'before-chat' | 'chat-header' | 'first-message' | 'composer' | 'per-message' | 'element'
  | 'email-top' | 'email-signature' | 'contract-clause' | 'ticket' | 'spoken-start' | 'spoken-end' | 'document-top' | 'privacy-notice' | 'legal-hub';
export type ChannelType =
  | 'website' | 'chat-widget' | 'support-portal' | 'email' | 'contract' | 'voice' | 'app' | 'advertisement' | 'document' | 'api';
export type PurposeKind =
  | 'necessary' | 'functional' | 'personalisation' | 'statistics' | 'advertising' | 'cross-site-tracking' | 'ai-training' | 'chat-recording'
  | 'biometric' | 'health-data';

/** A fact's value: a flag, a choice or date, a count, or a set (`[]`: stated to be empty). */
export type FactValue = boolean | string | number | readonly string[];
/** Facts of the closed vocabulary by name. A name outside it is refused; `undefined` states nothing. */
export type Facts = Readonly<Record<string, FactValue | undefined>>;

/** Something that was found and something that was expected. */
export interface Issue {
  /** Stable and kebab-case, e.g. `unknown-fact`. */
  readonly code: string;
  /** JSON Pointer into what was handed over, e.g. `/jurisdictions/0`. */
  readonly path: string;
  /** For developers: lower case, no full stop, input in backticks. */
  readonly message: string;
  /** The nearest valid name, where there is one. */
  readonly fix?: string;
}

/** One moment: what the core decides for. */
export interface Situation {
  /** The day to decide for. Default: today, by the clock of the engine. */
  readonly at?: string | undefined;
  /** The instant, for intervals such as reminders; the core has no clock. */
  readonly now?: string | undefined;
  /** Places whose law applies, all of them at once. Absent: unknown, and the baseline holds. */
  readonly jurisdictions?: readonly string[] | undefined;
  /** A channel of the deployment, or a channel type. */
  readonly channel?: string | undefined;
  /** Best first. */
  readonly languages?: readonly string[] | undefined;
  /** The nearest statement replaces: these, then the channel's, the assistant's, the operator's. */
  readonly facts?: Facts | undefined;
  /** `page` where any script may have stated the facts. In a page the engine says so by itself. */
  readonly host?: 'page' | undefined;
  /** The record as it was stored. */
  readonly consent?: ConsentRecord | undefined;
  /** `strict`: a rule that cannot be ruled out binds. `exact`: it is listed as undetermined only. Default: the deployment's, or strict. */
  readonly posture?: 'strict' | 'exact' | undefined;
}

/** What the operator runs: `candor.json`. Only `operator.name` and one channel are required. */
export interface Deployment {
  readonly operator: { readonly name: string; readonly contact?: string; readonly established?: readonly string[]; readonly facts?: Facts };
  readonly assistants?: Readonly<Record<string, {
    readonly name?: string;
    readonly facts?: Facts;
    readonly providers?: readonly { readonly name: string; readonly policy?: string }[];
  }>>;
  readonly channels: Readonly<Record<string, { readonly type: ChannelType; readonly assistant?: string | readonly string[]; readonly facts?: Facts }>>;
  readonly purposes?: readonly Purpose[];
  readonly links?: Readonly<Record<string, { readonly url: string; readonly updated?: string }>>;
  readonly platforms?: readonly string[];
  /** House rules. Compiled in only; handed over, they are ignored with the warning `needs-build`. */
  readonly rules?: readonly string[];
  readonly places?: readonly string[];
  readonly languages?: readonly string[];
  readonly posture?: 'strict' | 'exact';
  /** The operator's own words by language and message key. Handed over, only plain text counts. */
  readonly overrides?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Facts that only lift duties, which somebody answers for from `date` to `until`, in one channel or in all. */
  readonly claims?: readonly {
    readonly fact: string; readonly value: FactValue; readonly channel?: string; readonly reason: string; readonly owner: string; readonly date: string;
    readonly until?: string;
  }[];
  /** Facts that only lift duties and that count though a page states them: `answeredBy` where a chat hands over to people. */
  readonly vouch?: readonly string[];
  /** Rules of a platform or of the house, and advisory ones, that do not hold from `date` to `until`. */
  readonly waivers?: readonly {
    readonly rule: string; readonly reason: string; readonly owner: string; readonly date: string; readonly until: string;
  }[];
}

/** Why data is used or stored on the person's device. */
export interface Purpose {
  /** `[a-z0-9][a-z0-9-]*`; what `data-candor` on a gated script names. */
  readonly id: string;
  readonly kind: PurposeKind;
  readonly ownService?: boolean;
  readonly shared?: boolean;
  readonly sells?: boolean;
  readonly sensitive?: boolean;
  readonly services?: readonly Service[];
}

/** Who works for a purpose, and what it leaves on the device. */
export interface Service {
  readonly id?: string;
  readonly name?: string;
  readonly policy?: string;
  /** Who receives the data. */
  readonly recipient?: string;
  /** ISO 3166-1. */
  readonly country?: string;
  readonly hosts?: readonly string[];
  /** `*` in a name stands for anything: `_ga*`. */
  readonly cookies?: readonly { readonly name: string; readonly domain?: string; readonly path?: string }[];
  /** Keys of localStorage and sessionStorage and names of databases, `*` as above. */
  readonly storage?: readonly string[];
}

/** Where a duty comes from. With no `sources.pack` loaded only `id` is there. */
export interface Source {
  readonly id: string;
  readonly law?: string;
  readonly article?: string;
  readonly url?: string;
  /** The day on which a person last read the source. */
  readonly checked?: string;
  readonly confidence?: 'high' | 'medium' | 'low';
}

/** One duty of one rule in one place that applies here and now. */
export interface Obligation {
  readonly rule: string;
  readonly place: string;
  readonly layer: Layer;
  readonly severity: Severity;
  /** `assumed`: a fact that could rule it out is unknown. */
  readonly certainty: 'established' | 'assumed';
  readonly status: 'in-force' | 'in-force-grace' | 'pending' | 'expired';
  readonly enforcement?: 'stayed';
  readonly duty: 'disclose' | 'consent' | 'mark' | 'offer' | 'block' | 'record' | 'link';
  readonly topic?: string;
  readonly binds: 'provider' | 'deployer' | 'controller' | 'operator';
  /** The facts without which the result would not be certain, e.g. `obviousAi=false (presumed)`. */
  readonly because: readonly string[];
  /** Unknown facts that could still change it. */
  readonly needs: readonly string[];
  readonly source: Source;
}

/** The words of a notice, plain text. */
export interface Text {
  readonly title: string;
  readonly body?: string;
  /** For narrow slots; the title where a language has none. */
  readonly short?: string;
  /** To be read aloud. */
  readonly spoken?: string;
}

export interface Action {
  /** An offer or link id, or `accept-all`, `reject-all`, `choose`, `legal-hub`. */
  readonly id: string;
  readonly label: string;
}

/** One thing to show: all that several rules ask for on one topic. */
export interface Notice {
  readonly id: string;
  readonly topic: string;
  readonly satisfies: readonly string[];
  readonly says: readonly string[];
  readonly slots: readonly Slot[];
  readonly timing: string;
  readonly repeat: readonly string[];
  readonly prominence: 'plain' | 'prominent';
  readonly dismissible: boolean;
  /** True: waits for a question, and is not shown until then. */
  readonly armed?: boolean;
  readonly lead?: string;
  readonly within?: string;
  readonly text: Text;
  readonly lang: string;
  readonly dir: 'ltr' | 'rtl';
  /** The same in the other languages that the law asks for. */
  readonly also: readonly { readonly lang: string; readonly dir: 'ltr' | 'rtl'; readonly text: Text }[];
  /** Statutory wording, never translated. */
  readonly verbatim: readonly { readonly id: string; readonly lang: string; readonly text: string; readonly satisfies?: readonly string[] }[];
  readonly actions: readonly Action[];
}

/** What a gate does now (`state`), and what the person did (`standing`). */
export interface PurposeState {
  readonly kind: PurposeKind;
  readonly label?: string;
  readonly state: 'granted' | 'denied';
  readonly standing: 'unasked' | 'granted' | 'denied' | 'withdrawn' | 'expired';
  readonly model: Model;
  /** The slot in which the person is to be asked about it now: `page-banner`, or in a chat `before-chat`; null: nowhere. */
  readonly ask: Slot | null;
  readonly until: string | null;
  /** As the deployment declares them; absent where it declares none. */
  readonly services?: readonly Service[];
}

export interface Consent {
  readonly satisfies: readonly string[];
  readonly by: 'person' | 'parent';
  readonly model: Model;
  /** The person is to be asked now. */
  readonly prompt: boolean;
  readonly equalChoice: boolean;
  readonly repromptNotBefore: string | null;
  readonly gpc: 'absent' | 'honoured' | 'not-applicable';
  /** The person is to be told that the opt-out signal is honoured. */
  readonly gpcStatus: boolean;
  /** Hash of purposes, services, recipients and sharing: a record with another one is asked for again. */
  readonly terms: string;
  /** The language of the labels. */
  readonly lang: string;
  readonly dir: 'ltr' | 'rtl';
  /** The ways to answer, asked now or not. */
  readonly actions: readonly Action[];
  /** By purpose id. A purpose that is not here is undeclared: its gate stays closed. */
  readonly purposes: Readonly<Record<string, PurposeState>>;
}

export type Form =
  | 'text' | 'html-attribute' | 'meta' | 'json-ld' | 'iptc' | 'xmp' | 'http-header' | 'email-header' | 'aigc-json' | 'c2pa' | 'latent-fields';

/** A mark that output of AI is to carry. */
export interface Mark {
  readonly id: 'visible-label' | 'machine-readable' | 'latent';
  readonly satisfies: readonly string[];
  readonly contentType: readonly string[];
  /** Each of them is to be there. */
  readonly forms: readonly Form[];
  /** The words of a visible label: form `text`. */
  readonly text: Text;
}

/** What to write. A form that is due and has no value is not a text, or what it says is not known: nothing is made up. */
export interface Marks {
  readonly rules: string;
  /** The language of the labels. */
  readonly lang: string;
  readonly dir: 'ltr' | 'rtl';
  readonly marks: readonly (Mark & { readonly values: Readonly<Partial<Record<Form, string>>> })[];
}

/** What only the host knows of an output. */
export interface Output {
  /** The name of the model, for the headers. */
  readonly model?: string;
  /** What the host calls this output, for the form `aigc-json`, which needs it. */
  readonly id?: string;
}

/** How far content comes from AI, in the words of the `ai-disclosure` attribute; `mixed` is a whole page's. */
export type Origin = 'none' | 'ai-assisted' | 'ai-generated' | 'ai-autonomous' | 'mixed';

/** A mark that content carries. A header for mail counts as `http-header`, XMP as `iptc`. */
export interface FoundMark {
  readonly form: Form;
  /** As it stands, in small letters. */
  readonly value: string;
  /** What it may mean; empty: the value is in no vocabulary, so that it means nothing. */
  readonly origins: readonly Origin[];
  /** It contradicts an earlier mark: a page's one of the page, an element's one of the same element. */
  readonly conflict: boolean;
}

export interface Link {
  readonly id: string;
  readonly label: string;
  readonly url: string | null;
  readonly updated: string | null;
  /** The day of `updated` in words. */
  readonly updatedText?: string;
}

/** What is due, why, and what to show. */
export interface Decision {
  /** Date and hash of the whole rulebook, e.g. `2026.11.20+1a2b3c4d`. */
  readonly rules: string;
  readonly at: string;
  /** Sorted, parents included. */
  readonly jurisdictions: readonly string[];
  /** The first day on which the answer differs; null: none is known. */
  readonly validUntil: string | null;
  /** With `now`, the last reminder or the beginning: the instant of the next one; null: no notice comes again. */
  readonly nextCheck: string | null;
  readonly obligations: readonly Obligation[];
  readonly undetermined: readonly { readonly rule: string; readonly place: string; readonly needs: readonly string[] }[];
  readonly notices: readonly Notice[];
  readonly consent: Consent | null;
  readonly marks: readonly Mark[];
  readonly offers: readonly { readonly id: string; readonly satisfies: readonly string[]; readonly label: string; readonly armed?: boolean }[];
  readonly blocks: readonly {
    readonly id: string; readonly satisfies: readonly string[]; readonly action: string; readonly until: string | null; readonly text: Text;
  }[];
  readonly records: readonly {
    readonly id: string; readonly satisfies: readonly string[]; readonly events: readonly string[]; readonly keep: string | null;
  }[];
  readonly links: readonly (Link & { readonly satisfies: readonly string[]; readonly verbatim: boolean })[];
  /** Links of the deployment that no rule asks for. */
  readonly moreLinks: readonly Link[];
  /** Whose AI the assistants are. */
  readonly providers: readonly { readonly name: string; readonly policy: string | null }[];
  readonly claims: readonly {
    readonly fact: string; readonly by: 'deployment' | 'situation'; readonly owner: string | null; readonly reason: string | null;
    readonly until: string | null; readonly lifted: readonly string[];
  }[];
  /** Those that took effect. */
  readonly waivers: readonly { readonly rule: string; readonly owner: string; readonly reason: string; readonly until: string }[];
  /** What the operator should know; never a reason to show less. */
  readonly warnings: readonly Issue[];
}

/** A decision with the outcome of every rule of its places. */
export interface Explanation extends Decision {
  readonly trace: readonly {
    readonly rule: string; readonly place: string;
    readonly outcome: 'applied' | 'assumed' | 'undetermined' | 'unmet' | 'out-of-force' | 'never' | 'unverified' | 'waived';
    readonly because: readonly string[];
  }[];
}

/** An act of the person. */
export interface ConsentEvent {
  readonly type: 'accept-all' | 'reject-all' | 'choose' | 'withdraw' | 'opt-out';
  /** With `choose`: by purpose id. */
  readonly purposes?: Readonly<Record<string, 'granted' | 'denied'>>;
  readonly now: string;
}

/** The proof of a choice, opaque to hosts: store it whole, hand it back whole. Only acts of the person are in it. */
export interface ConsentRecord {
  readonly v?: 1;
  readonly at: string;
  readonly purposes: Readonly<Record<string, 'granted' | 'denied' | {
    readonly state: 'granted' | 'denied'; readonly model?: Model; readonly at?: string; readonly via?: 'choice' | 'withdrawal' | 'opt-out';
  }>>;
  readonly terms?: string;
  readonly shown?: string;
  readonly places?: readonly string[];
  readonly rules?: string;
  readonly via?: 'choice' | 'withdrawal' | 'opt-out';
}
