import { bytesOfPackText } from '../engine/pack-text.js';

// `candor build` puts its data in place of `@candor-data@`, which stands once in each template.

/** The bundle, put in as text. */
export function builtInBytes(): Uint8Array {
  return bytesOfPackText('@candor-data@');
}

/** A decision or hashes, put in as JSON. */
export function builtInJson<Value>(): Value {
  return JSON.parse('@candor-data@') as Value;
}
