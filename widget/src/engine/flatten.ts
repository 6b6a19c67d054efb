import { failure } from './error.js';

const setOfFacts = /(^|\.)facts?\.[^.]*$|^deployment\.claims\.\d+\.value$/;
/** Longer than any path that the core knows: the value is absurdly deep, or holds itself. */
const longestPath = 500;

/**
 * Turns a value into request lines: `flatten({ name: 'Acme' }, 'deployment.operator')` gives `deployment.operator.name=Acme`.
 * Arrays go by index, except the sets among facts, which are one line; an object that says nothing is a line without a value.
 * What it all means is the core's business.
 * @throws CandorError `control-character`: it would end the line and begin another; `too-deep`
 */
export function flatten(value: unknown, path: string, lines: string[] = []): string[] {
  if (value === null || value === undefined) return lines;
  if (path.length > longestPath) throw failure('too-deep', 'more levels than a request has', `/${path.slice(0, 60).replace(/\./g, '/')}`);
  const set = Array.isArray(value) && setOfFacts.test(path) ? (value as readonly string[]) : undefined;
  if (typeof value === 'object' && !set) {
    for (const [key, child] of Object.entries(value as Record<string, unknown>)) {
      const below = `${path}.${key}`;
      if (isEmptyObject(child)) lines.push(line(below, ''));
      else flatten(child, below, lines);
    }
    return lines;
  }
  lines.push(line(path, set ? set.join(',') || 'none' : `${value as string | number | boolean}`));
  return lines;
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
}

function line(path: string, text: string): string {
  // eslint-disable-next-line no-control-regex
  if (/[\0-\x1f\x7f-\x9f]/.test(path + text) || path.includes('=')) {
    throw failure('control-character', `\`${path}\` holds a character that no line can carry`, `/${path.replace(/\./g, '/')}`);
  }
  return `${path}=${text}`;
}
