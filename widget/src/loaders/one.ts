/** One file without purposes: notices alone. */
import { baselineNotice } from '../baseline.js';
import { mountNotices } from '../mount-notices.js';
import { mountOneFile } from './one-file.js';

mountOneFile((target, options) => mountNotices(target, { baseline: baselineNotice, ...options }));
