/**
 * Loader for `candor.wasm`, its twin and the bundle beside it, held to the hashes that the build wrote. Imported by a planned file
 * instead of being a tag, it only offers the engine.
 */
import { onConsent, whenGranted } from '../consent-api.js';
import { late } from '../consent-late.js';
import { load } from '../engine/load.js';
import { mount } from '../mount.js';
import { witnessFrom } from '../witness.js';
import { builtInJson } from './data.js';
import { unhurried } from './handed-over.js';
import { onlyTag } from './only-tag.js';
import { publish } from './publish.js';

const integrity = builtInJson<Record<string, string>>();

function engine(base: URL) {
  const at = (file: string) => new URL(file, base);
  return load({ wasm: at('candor.wasm'), twin: at('candor.nowasm.js'), bundle: at('candor.bundle'), integrity, timeout: unhurried });
}

const tag = onlyTag();
publish({
  load: engine, late, witnessFrom,
  ...(tag && { onConsent, whenGranted, mounted: mount(tag.target, { ...tag, engine: engine(tag.base), witness: witnessFrom(tag.base, tag.receipts) }) }),
});
