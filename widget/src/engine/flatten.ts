import { failure } from './error.js';

const setOfFacts = /(^|\.)facts?\.[^.]*$/;

/**
 * Turns a value into request lines: `flatten({ name: 'Acme' }, 'deployment.operator')` gives `deployment.operator.name=Acme`.
 * Arrays go by index, except the sets among facts, which are one line. An empty object within another is a line without a value:
 * it is there, though it says nothing. What it all means is the core's business.
 * @throws CandorError `control-character`: it would end the line and begin another.
 */
export function flatten(value: unknown, path: string, lines: string[] = []): string[] {
  if (value === null || value === undefined) return lines;
  if (typeof value === 'object' && !(Array.isArray(value) && setOfFacts.test(path))) {
    for (const [key, child] of Object.entries(value)) {
      const empty = child instanceof Object && !Array.isArray(child) && Object.keys(child).length === 0;
      flatten(empty ? '' : child, `${path}.${key}`, lines);
    }
    return lines;
  }
  const text = Array.isArray(value) ? value.join(',') || 'none' : `${value as string | number | boolean}`;
  // eslint-disable-next-line no-control-regex
  if (/[\0-\x1f\x7f-\x9f]/.test(path + text) || path.includes('=')) {
    throw failure('control-character', `\`${path}\` holds a character that no line can carry`, `/${path.replace(/\./g, '/')}`);
  }
  lines.push(`${path}=${text}`);
  return lines;
}
