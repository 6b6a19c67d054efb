/**
 * Reads the TCF string of a registered consent platform through `__tcfapi`
 * (https://github.com/InteractiveAdvertisingBureau/GDPR-Transparency-and-Consent-Framework). A file of its own, which a page loads when
 * it has such a platform; the string is decoded by the IAB's own library.
 */
import { RestrictionType, TCString, type TCModel } from '@iabtechlabtcf/core';
import type { PurposeKind } from '../types.js';
import { purposesOf, type Answer, type CmpOptions, type Reader } from './answer.js';

interface TcData {
  readonly tcString?: string;
  readonly gdprApplies?: boolean;
  readonly eventStatus?: string;
  readonly listenerId?: number;
}

type TcfApi = (command: string, version: number, callback: (data: TcData | null, ok: boolean) => void, parameter?: number) => void;

/** The parts of a decoded string that count. */
export type Consents = Pick<TCModel, 'purposeConsents' | 'vendorConsents' | 'publisherRestrictions'>;

/** What a decoded string says of a purpose. Legitimate interest is no consent, and is not read. */
export function tcfAnswer(consents: Consents, id: string, kind: PurposeKind, options: CmpOptions = {}): Answer {
  const { tcf = purposesOf[kind], vendors = [] } = options.purposes?.[id] ?? {};
  if (kind === 'necessary' || !tcf?.length) return undefined;
  const allowed = tcf.every((purpose) => consents.purposeConsents.has(purpose)
    && vendors.every((vendor) => consents.publisherRestrictions.getRestrictionType(vendor, purpose) !== RestrictionType.NOT_ALLOWED));
  return allowed && vendors.every((vendor) => consents.vendorConsents.has(vendor)) ? 'granted' : 'denied';
}

/** Follows the platform of the page. `changed` is called whenever it says something else. */
export function read(changed: () => void, options: CmpOptions | undefined, problem: (message: string) => void): Reader {
  // The platform puts itself in the place of its stub.
  const api = () => (globalThis as unknown as { __tcfapi: TcfApi }).__tcfapi;
  let state: 'waiting' | 'silent' | 'broken' | TCModel = 'waiting';
  let listener: number | undefined;
  api()('addEventListener', 2, (data, ok) => {
    if (!ok || !data) return;
    listener = data.listenerId ?? listener;
    if (data.gdprApplies === false) state = 'silent';
    else if (data.eventStatus === 'tcloaded' || data.eventStatus === 'useractioncomplete') state = decoded(data.tcString, problem);
    else if (data.eventStatus === 'cmpuishown' && typeof state === 'string') state = data.tcString ? decoded(data.tcString, problem) : 'waiting';
    else return;
    changed();
  });
  return {
    answers(purposes) {
      if (state === 'waiting') return undefined;
      if (state === 'silent') return {};
      return Object.fromEntries(Object.entries(purposes).map(([id, { kind }]) =>
        [id, typeof state === 'string' ? (kind === 'necessary' ? undefined : 'denied') : tcfAnswer(state, id, kind, options)]));
    },
    stop() {
      if (listener !== undefined) api()('removeEventListener', 2, () => {}, listener);
    },
  };
}

/** A string that cannot be read is a no. */
function decoded(text: string | undefined, problem: (message: string) => void): TCModel | 'broken' {
  try {
    return TCString.decode(text ?? '');
  } catch (thrown) {
    problem(`the TC string cannot be read, everything stays closed: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
    return 'broken';
  }
}
