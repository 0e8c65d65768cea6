import type { Plan } from '../treatment.js';
import { RUNNING } from './running.js';
import { TOOLS } from './tools.js';

/** What is done about every snippet of every document. */
export const PLANS: Readonly<Record<string, Plan>> = { ...RUNNING, ...TOOLS };
