import { failure } from './engine/error.js';

/** The files that a page loads only when it needs them, as `candor.<name>.js` beside the script. */
export interface Parts {
  chat: typeof import('./chat.js');
  embeds: typeof import('./gating/embeds.js');
  guard: typeof import('./gating/guard.js');
  signals: typeof import('./signals/index.js');
  cmp: typeof import('./cmp/registered.js');
  tcf: typeof import('./cmp/tcf.js');
  gpp: typeof import('./cmp/gpp.js');
}

/** Loads a file of ours. Imported, never a script element: Trusted Types refuse the address of one. @throws CandorError `unavailable` */
export async function part<Name extends keyof Parts>(base: URL | undefined, name: Name): Promise<Parts[Name]> {
  if (!base) throw failure('unavailable', `it is not known where \`candor.${name}.js\` is: state \`base\``);
  return (await import(new URL(`candor.${name}.js`, base).href)) as Parts[Name];
}
