import { bytesOfPackText } from '../engine/pack-text.js';

/** In a template it is `"@candor-data@"`, once, which `candor build` puts its data in place of. Until then it is a name: a text would be reckoned with. */
declare const CANDOR_DATA: string;

/** The bundle, put in as text. */
export function builtInBytes(): Uint8Array {
  return bytesOfPackText(CANDOR_DATA);
}

/** A decision or hashes, put in as JSON. */
export function builtInJson<Value>(): Value {
  return JSON.parse(CANDOR_DATA) as Value;
}
