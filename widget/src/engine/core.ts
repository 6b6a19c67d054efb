import { asFailure, failure } from './error.js';

/** The exports of `candor.wasm` and of its twin; the protocol of candor_call. */
export interface Core {
  readonly memory: { readonly buffer: ArrayBuffer };
  candor_abi(): number;
  candor_alloc(size: number): number;
  candor_free(pointer: number): void;
  candor_call(pointer: number, size: number): number;
  candor_answer(): number;
}

const abi = 1;
const decoder = new TextDecoder();

/** A core that speaks the protocol of this engine. @throws CandorError `abi` */
export function checked(core: Core): Core {
  if (core.candor_abi() !== abi) throw failure('abi', `the core speaks protocol ${core.candor_abi()}, this engine ${abi}`);
  return core;
}

/** One call: `input` in, the answer's JSON text out. Throws where the core has no room, or where it trapped: then it is to be dropped. */
export function call(core: Core, input: Uint8Array): string {
  checked(core);
  let answer: Uint8Array;
  try {
    const pointer = core.candor_alloc(input.length);
    if (!pointer) throw failure('too-large', `${input.length} bytes are more than the core has room for`);
    new Uint8Array(core.memory.buffer, pointer, input.length).set(input);
    const size = core.candor_call(pointer, input.length);
    core.candor_free(pointer);
    answer = new Uint8Array(core.memory.buffer, core.candor_answer(), size);
  } catch (thrown) {
    throw asFailure(thrown, 'trap');
  }
  return decoder.decode(answer);
}
