/**
 * The engine: decides, headless, in browsers, Node and at the edge. Importing it does nothing.
 *
 *     const engine = await load({ wasm, twin, bundle });
 *     engine.decide({ jurisdictions: ['DE'], channel: 'chat', languages: ['de-AT'] }).notices
 */
export { createEngine, type Engine, type EngineOptions } from './engine/engine.js';
export { load, type LoadOptions } from './engine/load.js';
export { CandorError } from './engine/error.js';
export type { Core } from './engine/core.js';
export type { FileSource } from './engine/files.js';
export type { Integrity } from './engine/integrity.js';
export type * from './types.js';
