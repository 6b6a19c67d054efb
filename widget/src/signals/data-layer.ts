import { pageGlobal, type Signal } from './signal.js';

export interface DataLayerOptions {
  /** Default `candor_consent`. */
  readonly event?: string;
  /** The global that it is pushed to. Default `dataLayer`. */
  readonly name?: string;
}

/** An event for tag managers at each change: `{ event: 'candor_consent', candor: { ads: 'granted', stats: 'denied' } }`. */
export function dataLayer({ event = 'candor_consent', name = 'dataLayer' }: DataLayerOptions): Signal {
  return ({ purposes }) => {
    const candor = Object.fromEntries(Object.entries(purposes).map(([id, { state }]) => [id, state]));
    pageGlobal<unknown[]>(name, () => []).push({ event, candor });
  };
}
