import jStat from 'jstat';

/** How many standard errors enclose a mean with this confidence, by Student's t distribution. */
export function studentT(confidence: number, degreesOfFreedom: number): number {
  return jStat.studentt.inv((1 + confidence) / 2, degreesOfFreedom);
}
