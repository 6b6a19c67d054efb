import type { ConsentEvent, Output, Situation } from '../types.js';
import { failure } from './error.js';
import { flatten } from './flatten.js';

/** What the keys of a situation are called in a request; one line for each element of the repeated ones. */
const names = new Map([
  ['host', 'host'], ['at', 'at'], ['now', 'now'], ['channel', 'channel'], ['posture', 'posture'], ['facts', 'fact'], ['consent', 'consent'],
  ['jurisdictions', 'place'], ['languages', 'language'],
]);

/** What the core can be asked about a situation. */
export type Operation = 'decide' | 'explain' | 'consent' | 'mark';

/** The lines of a request, without a deployment's. @throws CandorError `unknown-key`, `wrong-type`, and what flatten throws */
export function request(op: Operation, situation: Situation, event?: ConsentEvent, output?: Output): string[] {
  const lines = [`op=${op}`];
  for (const [key, value] of Object.entries(situation)) {
    const name = names.get(key);
    if (!name) throw failure('unknown-key', `\`${key}\` is not a key of a situation`, `/${key}`);
    const repeated = name === 'place' || name === 'language';
    if (repeated && value && !Array.isArray(value)) throw failure('wrong-type', `\`${key}\` is a list`, `/${key}`);
    for (const each of repeated ? (value as string[] | undefined) ?? [] : [value]) flatten(each, name, lines);
  }
  if (event) {
    const { type, ...rest } = event;
    flatten(type, 'event', lines);
    flatten(rest, 'event', lines);
  }
  if (output) flatten(output, 'arg', lines);
  return lines;
}
