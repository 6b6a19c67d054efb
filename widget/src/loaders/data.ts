import { bytesOfBase64 } from '../engine/base64.js';

// `candor build` puts its data in place of `@candor-data@`, which stands once in each template.

/** The bundle, put in as base64. */
export function builtInBytes(): Uint8Array {
  return bytesOfBase64('@candor-data@');
}

/** A decision or hashes, put in as JSON. */
export function builtInJson<Value>(): Value {
  return JSON.parse('@candor-data@') as Value;
}
