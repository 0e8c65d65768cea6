/** The results of a tree: what `loadgen results --json` prints, and what its table is made from. */
import { z } from 'zod';
import { figureSchema } from '../figures/measurement.js';
import { testSchema } from '../figures/runRecord.js';

const { scenario, sutName, loadgenVersion, validity, invalidReasons } = testSchema.shape;

/** What a scenario's tests in one place state: usually a performance test and an accuracy test. */
const scenarioResultSchema = z.strictObject({
  /** Relative to the tree, with slashes: that of the scenario, or of the test where it has several of a kind. */
  folder: z.string(),
  ...{ scenario, sutName, loadgenVersion, validity, invalidReasons },
  figures: z.array(figureSchema),
  /** Null where there is none, or it is not of pairs of faces. */
  accuracy: z
    .strictObject({
      correct: z.int().nonnegative(),
      pairs: z.int().positive(),
      /** Of pairs decided correctly, 0 to 1; null where a response gave no angle. */
      share: z.number().nullable(),
    })
    .nullable(),
  remarks: z.array(z.string()),
});

export const treeResultsSchema = z.strictObject({
  version: z.literal(1),
  /** As it was given. */
  folder: z.string(),
  results: z.array(scenarioResultSchema),
  /** Folders whose logs cannot be read, and why. */
  unreadable: z.array(z.strictObject({ folder: z.string(), reason: z.string() })),
});

export type ScenarioResult = z.infer<typeof scenarioResultSchema>;
export type TreeResults = z.infer<typeof treeResultsSchema>;

/** For readers in other languages; `results.schema.json` holds it. */
export function treeResultsJsonSchema(): object {
  return z.toJSONSchema(treeResultsSchema);
}
