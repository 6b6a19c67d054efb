import { baselineNotice } from './baseline.js';
import { consentPart } from './consent.js';
import { late } from './consent-late.js';
import { mountNotices, type Mounted, type NoticeOptions } from './mount-notices.js';
import type { Target } from './stage.js';
import { withExtras } from './with-extras.js';

/**
 * Shows what is due in `target` and keeps it there: notices, and for the whole page the consent prompt and the gates of what carries
 * `data-candor="<purpose id>"`. Nothing is stored before the person chose.
 */
export function mount(target: Target, options: NoticeOptions): Mounted {
  return mountNotices(target, { baseline: baselineNotice, ...options }, withExtras(consentPart(() => late)));
}
