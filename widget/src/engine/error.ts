import type { Issue } from '../types.js';

/**
 * The only thing that is thrown here: every reason at once. Codes of the engine itself: `integrity`, `timeout`, `unavailable`,
 * `control-character`, `unknown-key`, `wrong-type`, `too-deep`, `abi`, `trap`; all others come from the core.
 */
export class CandorError extends Error {
  override readonly name = 'CandorError';

  constructor(readonly errors: readonly Issue[], readonly warnings: readonly Issue[] = []) {
    super(errors.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; '));
  }

  /** The code of the first error. */
  get code(): string {
    return this.errors[0]?.code ?? '';
  }
}

/** One error of the engine's own. */
export function failure(code: string, message: string, path = ''): CandorError {
  return new CandorError([{ code, path, message }]);
}

/** Whatever was thrown, as a CandorError; `code` is for what is not one yet. */
export function asFailure(thrown: unknown, code: string): CandorError {
  return thrown instanceof CandorError ? thrown : failure(code, thrown instanceof Error ? thrown.message : String(thrown));
}
