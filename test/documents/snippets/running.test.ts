import { RUNNING } from './plans/running.js';
import { runPlans } from './runPlans.js';

runPlans(RUNNING);
