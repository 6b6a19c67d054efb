import type { Engine } from '../engine/engine.js';
import type { Situation } from '../types.js';
import { googleStates, type GoogleOptions, type RegionDefault } from './google.js';

/**
 * What Google is to take for granted in each of `places` until somebody chooses, as the engine decides it for a person of whom nothing is
 * known: for pages that do not know the place themselves. Headless, so that a build can write the answer into the page.
 */
export function regionDefaults(
  engine: Pick<Engine, 'decide'>, places: readonly string[], situation: Situation = {}, types?: GoogleOptions['types'],
): RegionDefault[] {
  const groups = new Map<string, RegionDefault & { region: string[] }>();
  for (const place of places) {
    const { consent } = engine.decide({ ...situation, jurisdictions: [place] });
    const states = googleStates(consent?.purposes ?? {}, types);
    const key = JSON.stringify(states);
    const group = groups.get(key) ?? { region: [], ...states };
    group.region.push(place);
    groups.set(key, group);
  }
  return [...groups.values()];
}
