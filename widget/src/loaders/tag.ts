import { placesIn } from '../signals.js';
import type { Target } from '../stage.js';
import type { Situation } from '../types.js';

/** What the script tag says. */
export interface Tag {
  /** The folder of the script. */
  readonly base: URL;
  readonly config: string | undefined;
  readonly target: Target;
  readonly channel: string | undefined;
  readonly situation: Situation;
  readonly signals: string | undefined;
  readonly guard: boolean;
}

/**
 * `<script src="candor.iife.js" data-config="candor.json" data-place="DE" data-channel="chat" data-target="deep-chat"
 * data-signals="google meta" data-guard>`. To be called while the script runs. Undefined where the tag asks for nothing, and where markup poses as the tag (DOM clobbering).
 */
export function scriptTag(): Tag | undefined {
  const script = document.currentScript;
  if (!(script instanceof HTMLScriptElement)) return undefined;
  const { config, target = document, channel, place, signals, guard } = script.dataset;
  if (!config && !channel && target === document) return undefined;
  const jurisdictions = placesIn(place);
  return {
    base: new URL('.', script.src || location.href), config, target, channel, situation: jurisdictions ? { jurisdictions } : {},
    signals, guard: guard !== undefined,
  };
}
