import type { Running } from '../../cli/loadgen.js';

/** A command that is killed at random moments of its work, and what has to hold afterwards. */
export interface KilledCommand {
  readonly name: string;
  /** That it may end with when it is not killed. */
  readonly exitCodes: readonly number[];
  /** Whether it does its work again in a folder where it has ended well. */
  readonly repeats: boolean;
  /**
   * Makes what the command works on.
   *
   * @param folder is empty
   */
  readonly prepare: (folder: string) => Promise<void>;
  /** Starts it. Each moment has a folder of its own: a copy of the one that was prepared. */
  readonly start: (folder: string, env: Readonly<Record<string, string>>) => Running;
  /** Kept when the command has started up and begins its work. */
  readonly hasBegun: (folder: string, running: Running) => Promise<void>;
  /**
   * What is not right after a kill; undefined if nothing is.
   *
   * @param wasDone whether the command had ended well in the folder before
   */
  readonly faultOfRest: (folder: string, wasDone: boolean) => Promise<string | undefined>;
  /** What is not right after the same command has been run to its end. */
  readonly faultOfWhole: (folder: string) => Promise<string | undefined>;
}
