import { TOOLS } from './plans/tools.js';
import { runPlans } from './runPlans.js';

runPlans(TOOLS);
