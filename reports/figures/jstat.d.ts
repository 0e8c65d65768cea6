/** The part of jStat, which has no types of its own, that is used here. */
declare module 'jstat' {
  const jStat: {
    readonly studentt: {
      /** The value below which a variable of Student's t distribution lies with this probability. */
      inv(probability: number, degreesOfFreedom: number): number;
    };
  };
  export default jStat;
}
