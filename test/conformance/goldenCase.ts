import { z } from 'zod';
import {
  applyConfigFile,
  defaultTestSettings,
  TEST_MODES,
  TEST_SCENARIOS,
  type TestSettings,
} from '../../loadgen/index.js';

const sampleIndex = z.number().int().nonnegative();
const sampleLists = z.array(z.array(sampleIndex));

const detailLine = z.object({
  key: z.string(),
  value: z.unknown(),
  is_error: z.boolean(),
  is_warning: z.boolean(),
});
export type DetailLine = z.infer<typeof detailLine>;

/** `[sample_seq, query_seq, sample_idx, issue_start_ns, complete_ns]`, times counted from when the query was due. */
const completion = z.tuple([z.number(), z.number(), sampleIndex, z.number(), z.number()]);

export const goldenCaseSchema = z.object({
  name: z.string(),
  args: z.record(z.string(), z.string()),
  loads: sampleLists,
  unloads: sampleLists,
  queries: sampleLists,
  flushes: z.number(),
  detail: z.array(detailLine),
  summary: z.string(),
  accuracy_json: z.string(),
  completions: z.array(completion).optional(),
});
export type GoldenCase = z.infer<typeof goldenCaseSchema>;

/** Arguments that are not test settings. */
const OTHER_ARGUMENTS = new Set(['total', 'perf', 'busy_us', 'mlperf_conf', 'user_conf', 'model', 'scenario', 'mode']);

/** The text of each config file that a case names, by its argument. */
export type ConfigTexts = Readonly<Partial<Record<'mlperf_conf' | 'user_conf', string>>>;

/** A recorded run of the official LoadGen, and what it read. */
export interface ReadCase {
  readonly golden: GoldenCase;
  readonly configTexts: ConfigTexts;
}

/** The settings a case asked for. */
export function settingsOf({ args, name }: GoldenCase, texts: ConfigTexts): TestSettings {
  const settings = defaultTestSettings();
  settings.scenario = oneOf(TEST_SCENARIOS, args.scenario, name);
  if (args.mode) settings.mode = oneOf(TEST_MODES, args.mode, name);
  settings.minDurationMs = args.mlperf_conf === undefined ? 0 : settings.minDurationMs;
  for (const [argument, text] of Object.entries(args)) {
    if (!OTHER_ARGUMENTS.has(argument))
      Object.assign(settings, { [camelCase(argument)]: parseLike(settings, argument, text) });
  }
  for (const kind of ['mlperf', 'user'] as const) {
    const text = texts[`${kind}_conf`];
    if (text !== undefined) applyConfigFile(settings, { path: `${kind}.conf`, kind, text }, args.model ?? '');
  }
  return settings;
}

function parseLike(settings: TestSettings, argument: string, text: string): number | bigint | boolean {
  const known = Object.entries(settings).find(([field]) => field === camelCase(argument))?.[1];
  switch (typeof known) {
    case 'number':
      return Number(text);
    case 'bigint':
      return BigInt(text);
    case 'boolean':
      return text === '1';
    default:
      throw new Error(`unknown setting ${argument}`);
  }
}

function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function oneOf<T extends string>(known: readonly T[], value: string | undefined, name: string): T {
  const found = known.find((candidate) => candidate === value);
  if (found === undefined) throw new Error(`${name}: expected one of ${known.join(', ')}, found ${value}`);
  return found;
}
