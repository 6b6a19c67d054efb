import type { Core } from '../engine/core.js';

/** The build writes the twin in place of the name, after all else is minified. */
declare const CANDOR_TWIN: () => Core;
export default CANDOR_TWIN;
