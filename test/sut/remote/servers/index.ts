import { KSERVE } from './kserve.js';
import { MLSERVER } from './mlserver.js';
import { RAY_SERVE } from './rayServe.js';
import type { RealServer } from './realServer.js';
import { TRITON } from './triton.js';

export const REAL_SERVERS: readonly RealServer[] = [KSERVE, MLSERVER, TRITON, RAY_SERVE];
