import { scriptTag, type Tag } from './tag.js';

/** What runs in this page, under a name that no markup can take. */
const running = Symbol.for('candor');

/** The script tag, once: two people may have added it. A planned file has no room to ask; there both show the same. */
export function onlyTag(): Tag | undefined {
  const tag = scriptTag();
  if (!tag) return undefined;
  const { channel, target } = tag;
  const tags = ((globalThis as { [running]?: unknown[][] })[running] ??= []);
  if (tags.some(([otherChannel, otherTarget]) => otherChannel === channel && otherTarget === target)) return undefined;
  tags.push([channel, target]);
  return tag;
}
