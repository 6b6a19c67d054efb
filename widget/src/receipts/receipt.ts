import type { ConsentEvent, ConsentRecord, Decision, PurposeKind, PurposeState } from '../types.js';
import { aboutTerms, isComplete, type About } from './about.js';
import type { Json } from './canonical.js';
import type { Body } from './chain.js';

/** A choice as it was taken: the act, what was stored, and the decision that follows from it. */
export interface Taken {
  readonly type: ConsentEvent['type'];
  readonly record: ConsentRecord;
  readonly decision: Decision;
}

/** A text that stood before the person: which one, its hash, and for how many milliseconds it could be seen. */
export interface Shown {
  readonly id: string;
  readonly topic: string;
  readonly lang: string;
  readonly sha256: string;
  readonly visible: number;
}

/** The nearest purpose of https://w3id.org/dpv; where there is none that says no more, the broadest. */
const purposes: Readonly<Partial<Record<PurposeKind, string>>> = {
  functional: 'dpv:ServiceProvision',
  personalisation: 'dpv:Personalisation',
  statistics: 'dpv:ServiceUsageAnalytics',
  advertising: 'dpv:Advertising',
  'cross-site-tracking': 'dpv:TargetedAdvertising',
  'ai-training': 'dpv:ResearchAndDevelopment',
  'chat-recording': 'dpv:RecordManagement',
};
const statuses: Readonly<Record<PurposeState['standing'], string>> = {
  unasked: 'dpv:ConsentRequested',
  granted: 'dpv:ConsentGiven',
  denied: 'dpv:ConsentRefused',
  withdrawn: 'dpv:ConsentWithdrawn',
  expired: 'dpv:ConsentExpired',
};
const profile = 'https://w3id.org/dpv/schema/dpv-27560#record';
const ref = (id: string) => ({ '@id': id });

/**
 * A receipt: what was shown, what was chosen, when and how. `record` is the consent record after ISO/IEC TS 27560 in terms of
 * the Data Privacy Vocabulary; docs/receipts.md maps each field. `person` is the random id of the chain.
 */
export function receiptOf(taken: Taken, how: { readonly trusted: boolean; readonly channel: string; readonly shown: readonly Shown[] }, about: About, person: string): Body {
  const { type, decision, record } = taken;
  const states = Object.entries(decision.consent?.purposes ?? {}).filter(([, { kind }]) => kind !== 'necessary');
  return {
    type: 'chosen',
    event: type,
    via: record.via,
    trusted: how.trusted,
    channel: how.channel,
    shown: how.shown,
    rules: decision.rules,
    day: decision.at,
    places: decision.jurisdictions,
    terms: record.terms,
    by: decision.consent?.by,
    gpc: decision.consent?.gpc,
    purposes: Object.fromEntries(states.map(([id, { kind, model, standing, state }]) => [id, { kind, model, standing, state }])),
    record: {
      '@context': { dpv: 'https://w3id.org/dpv#', dct: 'http://purl.org/dc/terms/' },
      '@type': 'dpv:ConsentRecord',
      'dct:conformsTo': isComplete(about) ? profile : undefined,
      'dct:date': record.at,
      'dpv:hasDataSubject': { '@type': 'dpv:DataSubject', 'dct:identifier': person },
      'dpv:hasNotice': how.shown.filter(({ topic }) => topic === 'consent-prompt').map(({ id, lang, sha256 }) => ({ '@type': 'dpv:ConsentNotice', 'dct:identifier': `${id} sha256:${sha256}`, 'dct:language': lang })),
      'dpv:hasJurisdiction': decision.jurisdictions,
      'dpv:hasConsentControl': { '@type': 'dpv:WithdrawConsent', 'dct:references': about.withdrawal ?? withdrawalLink(decision) },
      ...aboutTerms(about),
      'dpv:hasProcess': states.map(([id, state]) => processOf(id, state, record)),
    },
  };
}

/** Consent is the basis, and has a state, only where the law asks to opt in; elsewhere a choice is no consent. */
function processOf(id: string, { kind, label, model, standing, until }: PurposeState, record: ConsentRecord): Json {
  const stored = record.purposes[id];
  const consent = model === 'opt-in' && {
    'dpv:hasLegalBasis': ref('dpv:ExpressedConsent'),
    'dpv:hasConsentStatus': ref(statuses[standing]),
    'dpv:isImplementedByEntity': ref('dpv:DataSubject'),
    'dct:date': (typeof stored === 'object' ? stored.at : undefined) ?? record.at,
    'dct:valid': until ?? undefined,
  };
  return { '@type': 'dpv:Process', 'dct:identifier': id, 'dct:title': label, 'dpv:hasPurpose': ref(purposes[kind] ?? 'dpv:Purpose'), ...consent };
}

function withdrawalLink({ links }: Decision): string | undefined {
  return ['withdraw', 'privacy-choices', 'cookies'].map((id) => links.find((link) => link.id === id)?.url).find((url) => !!url) ?? undefined;
}
