import { printable } from '../../base/text.js';
import { type Finding, newFinding } from '../finding.js';
import { DATASETS_WITHOUT_REFERENCE, type ModelRules, type Reference } from '../rules.js';
import type { DetailLogFindings } from './detailLogFindings.js';

/** What a test ran, by its log. A text is undefined where the log does not say. */
export interface IdentifyingFacts {
  /** The log's name in findings. */
  readonly file: string;
  readonly sut: string | undefined;
  readonly engine: string | undefined;
  readonly engineVersion: string | undefined;
  readonly precision: string | undefined;
  readonly device: string | undefined;
  readonly provider: string | undefined;
  readonly model: string | undefined;
  readonly modelFormat: string | undefined;
  readonly modelSha256: string | undefined;
  readonly weightsSha256: string | undefined;
  readonly dataset: string | undefined;
  readonly datasetSha256: string | undefined;
}

/** Both divisions ask what was run, and on what. */
export function identifyingFacts(log: DetailLogFindings): IdentifyingFacts {
  // A model on a server has no file here: its embeddings tell that it has these weights.
  const digest = log.text('sut_weights_sha256') === undefined ? 'sut_model_sha256' : 'sut_weights_sha256';
  for (const key of ['sut_name', 'sut_model', digest, 'dataset_name', 'dataset_sha256']) {
    log.notEmpty(key, 'it to be named');
  }
  return {
    file: log.file,
    sut: log.text('sut_name'),
    engine: log.text('sut_engine'),
    engineVersion: log.text('sut_engine_version'),
    precision: log.text('sut_precision'),
    device: log.text('sut_device'),
    provider: log.text('sut_provider'),
    model: log.text('sut_model'),
    modelFormat: log.text('sut_model_format'),
    modelSha256: log.text('sut_model_sha256'),
    weightsSha256: log.text('sut_weights_sha256'),
    dataset: log.text('dataset_name'),
    datasetSha256: log.text('dataset_sha256'),
  };
}

/** The keys whose values may not change between the tests of one scenario. */
const OF_A_SCENARIO = {
  engine: 'sut_engine',
  engineVersion: 'sut_engine_version',
  precision: 'sut_precision',
  device: 'sut_device',
  provider: 'sut_provider',
  modelSha256: 'sut_model_sha256',
  weightsSha256: 'sut_weights_sha256',
  datasetSha256: 'dataset_sha256',
} as const;

/** Model files may differ between scenarios, as one engine takes another batch there; what they were made of may not. */
const OF_A_SYSTEM = { weightsSha256: 'sut_weights_sha256', datasetSha256: 'dataset_sha256' } as const;

export function checkSameInScenario(tests: readonly IdentifyingFacts[]): Finding[] {
  return differences(tests, OF_A_SCENARIO);
}

export function checkSameInSystem(tests: readonly IdentifyingFacts[]): Finding[] {
  return differences(tests, OF_A_SYSTEM);
}

function differences(
  tests: readonly IdentifyingFacts[],
  keys: Readonly<Partial<Record<keyof IdentifyingFacts, string>>>,
): Finding[] {
  const [first, ...others] = tests;
  if (first === undefined) return [];
  return others.flatMap((other) =>
    OF_ALL.flatMap((fact) => {
      const key = keys[fact];
      if (key === undefined || other[fact] === first[fact]) return [];
      const found = other[fact] ?? 'none';
      return [newFinding(other.file, found, `${first[fact] ?? 'none'}, as in ${first.file}`, { key })];
    }),
  );
}

const OF_ALL = [
  'engine',
  'engineVersion',
  'precision',
  'device',
  'provider',
  'modelSha256',
  'weightsSha256',
  'datasetSha256',
] as const;

/** In the closed division the model is the benchmark's, and the data are data that it has a reference for. */
export function checkKnown(facts: IdentifyingFacts, rules: ModelRules): Finding[] {
  const findings: Finding[] = [];
  const add = (key: string, found: string | undefined, expected: string) => {
    findings.push(newFinding(facts.file, found ?? 'none', expected, { key }));
  };
  if (rules.weightsSha256 !== undefined && facts.weightsSha256 !== rules.weightsSha256) {
    add('sut_weights_sha256', facts.weightsSha256, `${rules.weightsSha256} (${rules.title})`);
  }
  if (rules.modelSha256 !== undefined && facts.modelSha256 !== rules.modelSha256) {
    add('sut_model_sha256', facts.modelSha256, `${rules.modelSha256} (${rules.title})`);
  }
  if (referenceOf(facts, rules) === undefined) findings.push(withoutReference(facts, rules));
  return findings;
}

function withoutReference(
  { file, dataset = '', datasetSha256 = 'none' }: IdentifyingFacts,
  rules: ModelRules,
): Finding {
  const names = rules.references.map(({ datasetName }) => datasetName).join(' or ');
  if (Object.hasOwn(DATASETS_WITHOUT_REFERENCE, dataset)) {
    const found = `${DATASETS_WITHOUT_REFERENCE[dataset]}, of which no reference accuracy is known`;
    const expected = `a reference to check the accuracy against, as there is of ${names}; it was not checked`;
    return newFinding(file, found, expected, { key: 'dataset_name', severity: 'remark' });
  }
  const found = `other data, ${printable(dataset, 60) || 'without a name'}, of digest ${datasetSha256.slice(0, 12)}`;
  const expected = `${names}, complete: run again without --pairs, --set and --skip-missing, or submit to the open division`;
  return newFinding(file, found, expected, { key: 'dataset_sha256' });
}

export function referenceOf({ datasetSha256 }: IdentifyingFacts, { references }: ModelRules): Reference | undefined {
  return references.find((reference) => reference.datasetSha256 === datasetSha256);
}
