/** One file with the consent prompt and the gates. */
import { onConsent, whenGranted } from '../consent-api.js';
import { mount } from '../mount.js';
import { mountOneFile } from './one-file.js';
import { publish } from './publish.js';

publish({ onConsent, whenGranted });
mountOneFile(mount);
