/** `candor.iife.js`: the plain script tag. Everything is `window.candor`; a tag with data attributes mounts at once. */
import {
  bySelectors, CandorError, cookieStore, createEngine, deepChat, load, localStore, mount, mountAll, onConsent, page, regionDefaults, whenGranted,
} from '../widget.js';
import { onlyTag } from './only-tag.js';
import { publish } from './publish.js';

const tag = onlyTag();
publish({
  bySelectors, CandorError, cookieStore, createEngine, deepChat, load, localStore, mount, mountAll, onConsent, page, regionDefaults, whenGranted,
  ...(tag && { mounted: mount(tag.target, tag) }),
});
