/** What the consent part needs only once the person acts, or has acted before. A planned file gets it from `candor.js`. */
export { clearRefused } from './clear.js';
export { centreView } from './elements/centre.js';
export { reloadView } from './elements/reload.js';
