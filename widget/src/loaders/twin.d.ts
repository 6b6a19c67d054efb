/** `dist/candor.nowasm.js`: the core as JavaScript. */
declare module '#twin' {
  export default function instantiate(): import('../engine/core.js').Core;
}
