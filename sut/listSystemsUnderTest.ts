import { LoadGenError, messageOf } from '../base/errors.js';
import type { Precision } from './engine.js';
import { ENGINES, importEngine } from './engines/index.js';
import { NULL_SUT } from './findSystem.js';
import { programCommand } from './programs/programCommand.js';
import { PYTHON_ENGINES } from './programs/pythonEngines.js';
import type { Targets } from './targets.js';

export type SystemUnderTestListing = { readonly name: string; readonly description: string } & (
  | ({ readonly usable: true; readonly precisions: readonly Precision[] } & Targets)
  | {
      readonly usable: false;
      readonly reason: string;
      /** What to do about it. */
      readonly hint: string | undefined;
    }
);

/** All systems under test there are, each tried: those that cannot run here say why. */
export function listSystemsUnderTest(): Promise<SystemUnderTestListing[]> {
  const engines = ENGINES.map(({ name, description, module }) =>
    listing({ name, description }, async () => {
      const { checkUsable, precisions, listTargets } = await importEngine(module.href);
      await checkUsable();
      return { precisions, ...(await listTargets?.({})) };
    }),
  );
  const pythonEngines = PYTHON_ENGINES.map(({ file, ...described }) =>
    listing(described, async () => {
      const { describeProgram } = await import('./programs/programSystem.js');
      return describeProgram(programCommand({ kind: 'python', target: file }));
    }),
  );
  return Promise.all([
    ...engines,
    ...pythonEngines,
    Promise.resolve({ ...NULL_SUT, usable: true as const, precisions: [] }),
  ]);
}

async function listing(
  described: { readonly name: string; readonly description: string },
  describe: () => Promise<{ readonly precisions: readonly Precision[] } & Targets>,
): Promise<SystemUnderTestListing> {
  try {
    return { ...described, usable: true, ...(await describe()) };
  } catch (thrown) {
    const hint = thrown instanceof LoadGenError ? thrown.hint : undefined;
    return { ...described, usable: false, reason: messageOf(thrown), hint };
  }
}
