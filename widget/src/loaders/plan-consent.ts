/** Planned file with the consent prompt and the gates. */
import { consentPart } from '../consent.js';
import { onConsent, whenGranted } from '../consent-api.js';
import { withExtras } from '../with-extras.js';
import { mountPlan } from './planned.js';
import { publish } from './publish.js';

publish({ onConsent, whenGranted });
mountPlan(withExtras(consentPart));
