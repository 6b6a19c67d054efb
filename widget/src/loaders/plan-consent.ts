/** Planned file with the consent prompt and the gates; what follows the first click comes with the engine. */
import { consentPart } from '../consent.js';
import type { Late } from '../consent-late.js';
import { onConsent, whenGranted } from '../consent-api.js';
import { withExtras } from '../with-extras.js';
import { mountPlan } from './planned.js';
import { publish } from './publish.js';

publish({ onConsent, whenGranted });
mountPlan((split) => withExtras(consentPart(async () => (await split<{ late: Late }>()).late)));
