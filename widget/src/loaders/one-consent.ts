/** One file with the consent prompt and the gates. */
import { mount } from '../mount.js';
import { mountOneFile } from './one-file.js';

mountOneFile(mount);
