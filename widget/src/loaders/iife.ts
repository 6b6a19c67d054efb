/** `candor.iife.js`: the plain script tag. Everything is `window.candor`; a tag with data attributes mounts at once. */
import { mount } from '../mount.js';
import { pageLanguages } from '../signals.js';
import * as api from '../widget.js';
import { deploymentOf, handedOver } from './handed-over.js';
import { publish } from './publish.js';
import { scriptTag } from './tag.js';

const tag = scriptTag();
publish({ ...api, mounted: tag && mount(tag.target, { ...tag, engine: async () => handedOver(tag.base, await deploymentOf(tag.config), pageLanguages(null)) }) });
