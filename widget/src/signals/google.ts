import type { Purposes } from '../gates.js';
import type { PurposeKind } from '../types.js';
import { allGranted, pageGlobal, type Signal } from './signal.js';

/** The consent types of Google Consent Mode v2 (https://developers.google.com/tag-platform/security/guides/consent). */
export type GoogleType =
  | 'ad_storage' | 'ad_user_data' | 'ad_personalization' | 'analytics_storage' | 'functionality_storage' | 'personalization_storage' | 'security_storage';
export type GoogleStates = Readonly<Record<GoogleType, 'granted' | 'denied'>>;

/** What holds in some regions (ISO 3166-1 or -2) until a choice is made: see `regionDefaults`. */
export interface RegionDefault extends Partial<GoogleStates> {
  readonly region: readonly string[];
}

export interface GoogleOptions {
  /** How long tags wait for the first update, in milliseconds. Default 500. */
  readonly waitForUpdate?: number;
  /** Where Google is to tell the region, because the page does not know the place. */
  readonly regions?: readonly RegionDefault[];
  /** Purposes by consent type, in place of the kinds: all of them have to be granted. */
  readonly types?: Partial<Readonly<Record<GoogleType, readonly string[]>>>;
  /** `ads_data_redaction`. Default true. */
  readonly redact?: boolean;
  /** `url_passthrough`. Default false. */
  readonly passThrough?: boolean;
}

/** The kinds of purposes behind each type: the first has to be declared, and whatever is declared of them to be granted. */
const kinds: Readonly<Record<Exclude<GoogleType, 'security_storage'>, readonly [PurposeKind, ...PurposeKind[]]>> = {
  ad_storage: ['advertising'],
  ad_user_data: ['advertising'],
  ad_personalization: ['advertising', 'cross-site-tracking'],
  analytics_storage: ['statistics'],
  functionality_storage: ['functional'],
  personalization_storage: ['personalisation'],
};

/** The seven types for what the gates do. What nobody declared is denied; `security_storage` is necessary. */
export function googleStates(purposes: Purposes, types: GoogleOptions['types'] = {}): GoogleStates {
  const all = Object.entries(purposes);
  const states = Object.entries(kinds).map(([type, [first, ...others]]) => {
    const named = types[type as GoogleType];
    const concerned = all.filter(([id, { kind }]) => (named ? named.includes(id) : kind === first || others.includes(kind)));
    const declared = named ? named.length === concerned.length : concerned.some(([, { kind }]) => kind === first);
    return [type, declared && allGranted(concerned) ? 'granted' : 'denied'];
  });
  return { ...Object.fromEntries(states), security_storage: 'granted' } as GoogleStates;
}

/** Defaults at once, all denied but what is necessary; an update whenever a gate opens or closes. */
export function google({ waitForUpdate = 500, regions = [], types, redact = true, passThrough = false }: GoogleOptions): Signal {
  const denied = googleStates({}, types);
  let told = '';
  const gtag = function (..._: readonly unknown[]) {
    // Google reads an `arguments` object; an array it ignores.
    // eslint-disable-next-line prefer-rest-params
    pageGlobal<unknown[]>('dataLayer', () => []).push(arguments);
  };
  gtag('consent', 'default', { ...denied, wait_for_update: waitForUpdate });
  for (const each of regions) gtag('consent', 'default', { ...denied, ...each, wait_for_update: waitForUpdate });
  if (redact) gtag('set', 'ads_data_redaction', true);
  if (passThrough) gtag('set', 'url_passthrough', true);
  return ({ purposes, places }) => {
    // Where only Google knows the region, its default stands until the person chooses.
    if (regions.length && places.every((place) => place === '*') && Object.values(purposes).every(({ standing }) => standing === 'unasked')) return;
    const states = googleStates(purposes, types);
    const now = JSON.stringify(states);
    if (now !== told) gtag('consent', 'update', states);
    told = now;
  };
}
