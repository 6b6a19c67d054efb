/** Planned file with the consent prompt and the gates. */
import { consentPart } from '../consent.js';
import { mountPlan } from './planned.js';

mountPlan(consentPart);
