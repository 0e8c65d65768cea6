import { ClockOfTurns } from './clockOfTurns.js';

/** The virtual clock on Node.js. */
export class VirtualClock extends ClockOfTurns {
  constructor() {
    super(setImmediate);
  }
}
