/** One rule of a contract, as any test runner can run it: `test(name, run)`. */
export interface ContractCase {
  readonly name: string;
  /** Breaks its promise with an `AssertionError`, or with what the tested code threw, if the rule is not kept. */
  run(): Promise<void>;
}
