import instantiate from './twin.js';
import { createEngine, type Engine } from '../engine/engine.js';
import { asFailure } from '../engine/error.js';
import type { Mounted, NoticeOptions } from '../mount-notices.js';
import type { Target } from '../stage.js';
import { witnessFrom } from '../witness.js';
import { builtInBytes } from './data.js';
import { onlyTag } from './only-tag.js';
import { publish } from './publish.js';

/** Loader, twin and bundle in one script: decides while the page is read, needs no request and runs under any policy. */
export function mountOneFile(mount: (target: Target, options: NoticeOptions) => Mounted): void {
  const tag = onlyTag();
  const engine = made();
  publish({ engine, ...(tag && { mounted: mount(tag.target, { ...tag, engine, witness: witnessFrom(tag.base, tag.receipts) }) }) });
}

function made(): Engine | Promise<never> {
  try {
    return createEngine(instantiate, [builtInBytes()]);
  } catch (refused) {
    return Promise.reject(asFailure(refused, 'unavailable'));
  }
}
