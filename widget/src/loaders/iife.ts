/** `candor.iife.js`: the plain script tag. Everything is `window.candor`; a tag with data attributes mounts at once. */
import {
  bySelectors, CandorError, cookieStore, createEngine, deepChat, load, localStore, mount, mountAll, onConsent, page, regionDefaults, whenGranted,
} from '../widget.js';
import { publish } from './publish.js';
import { scriptTag } from './tag.js';

const tag = scriptTag();
publish({
  bySelectors, CandorError, cookieStore, createEngine, deepChat, load, localStore, mount, mountAll, onConsent, page, regionDefaults, whenGranted,
  ...(tag && { mounted: mount(tag.target, tag) }),
});
