/**
 * Reads the GPP string of a registered consent platform through `__gpp`
 * (https://github.com/InteractiveAdvertisingBureau/Global-Privacy-Platform). A file of its own, which a page loads when it has such a
 * platform; the string is decoded by the IAB's own library.
 */
import { GppModel } from '@iabgpp/cmpapi';
import type { PurposeKind } from '../types.js';
import { purposesOf, strictest, type Answer, type CmpOptions, type Reader } from './answer.js';

const sale = ['SaleOptOut', 'SharingOptOut'];
/** Fields of the sections of US states by kind: a 1 in one of them is an opt-out. */
const fieldsOf: Readonly<Partial<Record<PurposeKind, readonly string[]>>> = {
  'personalisation': sale,
  'statistics': sale,
  'advertising': [...sale, 'TargetedAdvertisingOptOut'],
  'cross-site-tracking': [...sale, 'TargetedAdvertisingOptOut'],
  'ai-training': sale,
  'health-data': ['SensitiveDataProcessing'],
  'biometric': ['SensitiveDataProcessing'],
};
const optedOut = 1;

interface PingData {
  readonly signalStatus?: string;
  readonly gppString?: string;
  readonly applicableSections?: readonly number[];
}

interface GppEvent {
  readonly eventName?: string;
  readonly listenerId?: number;
  readonly data?: unknown;
  readonly pingData?: PingData;
}

type GppApi = (command: string, callback: (event: GppEvent, ok: boolean) => void, parameter?: unknown) => void;

/**
 * What the sections say of a purpose. In the sections of US states an opt-out denies; that somebody did not opt out is no act of theirs, and
 * leaves the purpose to its model and to Global Privacy Control. In those of Europe and Canada a consent grants.
 */
export function gppAnswer(model: GppModel, sections: readonly number[], id: string, kind: PurposeKind, options: CmpOptions = {}): Answer {
  const stated = options.purposes?.[id];
  if (kind === 'necessary') return undefined;
  return strictest(sections.filter((section) => model.hasSectionId(section)).map((section) => {
    const field = (name: string): unknown => (model.hasFieldBySectionId(section, name) ? model.getFieldValueBySectionId(section, name) : undefined);
    const consents = field('PurposeConsents') ?? field('PurposesExpressConsent');
    if (Array.isArray(consents)) return consented(consents, field('VendorConsents') ?? field('VendorExpressConsent'), stated?.tcf ?? purposesOf[kind], stated?.vendors);
    const fields = stated?.gpp ?? fieldsOf[kind] ?? [];
    if (field('OptOutSale') === 'Y' && fields.includes('SaleOptOut')) return 'denied';
    return fields.some((name) => [field(name)].flat().includes(optedOut)) ? 'denied' : undefined;
  }));
}

function consented(consents: readonly unknown[], of: unknown, purposes: readonly number[] | undefined, vendors: readonly number[] = []): Answer {
  if (!purposes?.length) return undefined;
  const ids = Array.isArray(of) ? (of as number[]) : [];
  return purposes.every((purpose) => consents[purpose - 1] === true) && vendors.every((vendor) => ids.includes(vendor)) ? 'granted' : 'denied';
}

/** Follows the platform of the page. `changed` is called whenever it says something else. */
export function read(changed: () => void, options: CmpOptions | undefined, problem: (message: string) => void): Reader {
  // The platform puts itself in the place of its stub.
  const api = () => (globalThis as unknown as { __gpp: GppApi }).__gpp;
  let said: { readonly model: GppModel; readonly sections: readonly number[] } | 'broken' | undefined;
  let listener: number | undefined;
  const take = (ping: PingData | undefined) => {
    if (ping?.signalStatus !== 'ready') said = undefined;
    else said = decoded(ping, problem);
    changed();
  };
  api()('addEventListener', ({ eventName, listenerId, data, pingData }) => {
    listener = listenerId ?? listener;
    if (eventName === 'listenerRegistered' || eventName === 'signalStatus' || eventName === 'sectionChange') {
      take(eventName === 'signalStatus' && typeof data === 'string' ? { ...pingData, signalStatus: data } : pingData);
    }
  });
  return {
    answers(purposes) {
      if (!said) return undefined;
      const now = said;
      return Object.fromEntries(Object.entries(purposes).map(([id, { kind }]) =>
        [id, now === 'broken' ? (kind === 'necessary' ? undefined : 'denied') : gppAnswer(now.model, now.sections, id, kind, options)]));
    },
    stop() {
      if (listener !== undefined) api()('removeEventListener', () => {}, listener);
    },
  };
}

/** A string that cannot be read is a no. */
function decoded({ gppString = '', applicableSections = [] }: PingData, problem: (message: string) => void) {
  try {
    const model = new GppModel(gppString);
    model.toObject();  // decodes all of it: the library reads sections when they are asked for
    // -1 and 0: none applies.
    return { model, sections: applicableSections.filter((section) => section > 0) };
  } catch (thrown) {
    problem(`the GPP string cannot be read, everything stays closed: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
    return 'broken' as const;
  }
}
