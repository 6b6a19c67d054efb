/** Planned file without purposes: notices alone. */
import { mountPlan } from './planned.js';

mountPlan();
