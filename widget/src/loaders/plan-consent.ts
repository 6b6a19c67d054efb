/** Planned file with the consent prompt and the gates; what follows the first click comes with the engine. */
import { consentPart, type Late } from '../consent.js';
import { mountPlan } from './planned.js';

mountPlan((split) => consentPart(async () => (await split<{ late: Late }>()).late));
