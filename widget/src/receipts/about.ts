import type { Json } from './canonical.js';

/**
 * What only the operator knows of the processing: the fields of ISO/IEC TS 27560 that no decision holds. They go into each
 * receipt as they are; with all of them a receipt names the record profile that it follows.
 */
export interface About {
  /** Who is responsible. */
  readonly controller?: { readonly name: string; readonly contact?: string; readonly address?: string };
  /** Categories of personal data, e.g. `https://w3id.org/dpv/pd#DeviceIdentifier`, or words. */
  readonly personalData?: readonly string[];
  /** Where data is stored: ISO 3166 codes, or words. */
  readonly storageLocations?: readonly string[];
  /** How long data is kept: ISO 8601 durations, or words. */
  readonly retention?: string;
  /** Who receives data. */
  readonly recipients?: readonly string[];
  /** Where consent is withdrawn. Default: the decision's link `withdraw`, `privacy-choices` or `cookies`. */
  readonly withdrawal?: string;
}

/** The members that `about` adds to a receipt, in terms of the Data Privacy Vocabulary. */
export function aboutTerms({ controller, personalData, storageLocations, retention, recipients }: About): Record<string, Json | undefined> {
  return {
    'dpv:hasDataController': controller && {
      '@type': 'dpv:DataController', 'dpv:hasName': controller.name, 'dpv:hasContact': controller.contact, 'dpv:hasAddress': controller.address,
    },
    'dpv:hasPersonalData': personalData,
    'dpv:hasStorageCondition': storageLocations || retention ? { 'dpv:hasLocation': storageLocations, 'dpv:hasDuration': retention } : undefined,
    'dpv:hasRecipient': recipients,
  };
}

/** Whether nothing is missing that the record profile asks for. */
export function isComplete({ controller, personalData, storageLocations, retention, recipients }: About): boolean {
  return !!(controller?.contact && controller.address && personalData && storageLocations && retention && recipients);
}
