/** One file: loader, twin and bundle. Decides while the page is read, needs no request and runs under any policy. */
import instantiate from '#twin';
import { createEngine, type Engine } from '../engine/engine.js';
import { asFailure } from '../engine/error.js';
import { mount } from '../mount.js';
import { builtIn } from './data.js';
import { publish } from './publish.js';
import { scriptTag } from './tag.js';

function made(): Engine | Promise<never> {
  try {
    return createEngine(instantiate, [builtIn()]);
  } catch (refused) {
    return Promise.reject(asFailure(refused, 'unavailable'));
  }
}

const tag = scriptTag();
const engine = made();
publish({ engine, mounted: tag && mount(tag.target, { ...tag, engine }) });
