import { clearRefused } from './clear.js';
import { centreView } from './elements/centre.js';
import { reloadView } from './elements/reload.js';

/**
 * What the consent part needs only once the person acts, or has acted before. A planned file gets it from `candor.js`. An object, no
 * namespace: bundlers fill one by `for in`, which a page that adds to Object.prototype breaks.
 */
export const late = { clearRefused, centreView, reloadView };

export type Late = typeof late;
