import type { Engine } from '../engine/engine.js';
import { mountNotices, type ConsentPart } from '../mount-notices.js';
import type { Decision } from '../types.js';
import { builtInJson } from './data.js';
import { publish } from './publish.js';
import { scriptTag } from './tag.js';

/**
 * Shows the first decision, made by the build; the engine comes with `candor.js` when it is needed. Of the decision the file holds what is
 * shown: which rules ask for it, and why, the engine says.
 */
export function mountPlan(consentOf?: (split: <Api>() => Promise<Api>) => ConsentPart): void {
  const { value, warnings } = builtInJson<{ value: Omit<Decision, 'obligations' | 'undetermined'>; warnings: Decision['warnings'] }>();
  const tag = scriptTag();
  if (!tag) return;
  /** What `candor.js` publishes. */
  const split = async <Api>() => {
    await import(new URL('candor.js', tag.base).href);
    return (globalThis as unknown as { candor: Api }).candor;
  };
  const engine = async () => (await split<{ load(base: URL): Promise<Engine> }>()).load(tag.base);
  publish({ mounted: mountNotices(tag.target, { ...tag, engine, plan: { obligations: [], undetermined: [], ...value, warnings } }, consentOf?.(split)) });
}
