import { bytesOfBase64 } from '../engine/base64.js';

/** What `candor build` put into the script: the placeholder stands once in each template. */
export function builtIn(): Uint8Array {
  return bytesOfBase64('@candor-data@');
}

export function builtInJson<Value>(): Value {
  return JSON.parse(new TextDecoder().decode(builtIn())) as Value;
}
