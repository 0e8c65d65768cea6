import { RUN_ID_KEY } from './layout.js';

export interface NotedRun {
  readonly dataset: {
    readonly name: string;
    readonly sha256: string;
    /** Pairs that were left out, and why. */
    readonly skipped: readonly string[];
    readonly orientationApplied: boolean;
  };
  /** What the system says of itself. */
  readonly configuration: Readonly<Record<string, string | number | boolean>>;
  readonly runId?: string | undefined;
}

/** Lines that we add to the detail log: facts about data and system. */
export function logNotes({ dataset, configuration, runId }: NotedRun): Record<string, string> {
  const ofSystem = Object.entries(configuration).map(([key, value]) => [`sut_${snakeCase(key)}`, String(value)]);
  return {
    ...(runId === undefined ? {} : { [RUN_ID_KEY]: runId }),
    dataset_name: dataset.name,
    dataset_sha256: dataset.sha256,
    dataset_skipped_pairs: String(dataset.skipped.length),
    ...Object.fromEntries(dataset.skipped.map((text, index) => [`dataset_skipped_${index + 1}`, text])),
    ...(dataset.orientationApplied ? { dataset_exif_orientation: 'applied' } : {}),
    ...Object.fromEntries(ofSystem),
  };
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
