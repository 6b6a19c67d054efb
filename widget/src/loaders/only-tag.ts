import { scriptTag, type Tag } from './tag.js';

/** The script tag, once: two people may have added it. What runs in this page stands there under a name that no markup can take. */
export function onlyTag(): Tag | undefined {
  const tag = scriptTag();
  if (!tag) return undefined;
  const { channel, target } = tag;
  const running = Symbol.for(`candor ${channel} ${target instanceof Document || target}`);
  if (running in globalThis) return undefined;
  Object.assign(globalThis, { [running]: tag });
  return tag;
}
