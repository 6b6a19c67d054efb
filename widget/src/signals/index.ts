/** What vendors are told. A file of its own, which a page loads when it has one of them. */
import { dataLayer, type DataLayerOptions } from './data-layer.js';
import { google, type GoogleOptions } from './google.js';
import { meta } from './meta.js';
import { microsoft } from './microsoft.js';
import type { Signal } from './signal.js';

/** Names by which a tag asks for them. */
const names = { 'google': 'google', 'microsoft': 'microsoft', 'meta': 'meta', 'data-layer': 'dataLayer' } as const;

/** The vendors to tell; `true`: with their defaults. */
export interface SignalOptions {
  /** Google Consent Mode v2. */
  readonly google?: boolean | GoogleOptions;
  /** Microsoft UET. */
  readonly microsoft?: boolean;
  /** The Meta pixel. */
  readonly meta?: boolean;
  /** An event for tag managers. */
  readonly dataLayer?: boolean | DataLayerOptions;
}

/** Says every default at once; what it returns says what holds now. Consent mode comes before the event, so that tags that fire on it see it. */
export function signals(asked: SignalOptions | string): Signal {
  const options = typeof asked === 'string' ? optionsIn(asked) : asked;
  const of = <Options>(option: boolean | Options | undefined) => (typeof option === 'object' ? option : ({} as Options));
  const all = [
    options.google && google(of(options.google)), options.microsoft && microsoft(), options.meta && meta(),
    options.dataLayer && dataLayer(of(options.dataLayer)),
  ].filter((signal) => !!signal);
  return (now) => {
    for (const signal of all) signal(now);
  };
}

/** What a tag asks for: `data-signals="google microsoft meta data-layer"`, or the options as JSON. */
function optionsIn(text: string): SignalOptions {
  if (text.startsWith('{')) return JSON.parse(text) as SignalOptions;
  return Object.fromEntries(Object.entries(names).map(([name, option]) => [option, text.split(/[\s,]+/).includes(name)]));
}
