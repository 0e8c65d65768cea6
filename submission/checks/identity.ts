import { printable } from '../../base/text.js';
import { type Finding, newFinding } from '../finding.js';
import { DATASETS_WITHOUT_REFERENCE, type ModelRules, type Reference } from '../rules.js';
import type { DetailLogFindings } from './detailLogFindings.js';

/** What the log of a test says of what it ran: by the key that says it. */
const KEYS = {
  sut: 'sut_name',
  engine: 'sut_engine',
  engineVersion: 'sut_engine_version',
  precision: 'sut_precision',
  device: 'sut_device',
  provider: 'sut_provider',
  model: 'sut_model',
  modelFormat: 'sut_model_format',
  modelSha256: 'sut_model_sha256',
  weightsSha256: 'sut_weights_sha256',
  dataset: 'dataset_name',
  datasetSha256: 'dataset_sha256',
} as const;

type Fact = keyof typeof KEYS;

/** Model files may differ between scenarios, as one engine takes another batch there; what they were made of may not. */
const OF_A_SYSTEM: readonly Fact[] = ['weightsSha256', 'datasetSha256'];

/** What may not change between the tests of one scenario. */
const OF_A_SCENARIO: readonly Fact[] = [
  'engine',
  'engineVersion',
  'precision',
  'device',
  'provider',
  'modelSha256',
  ...OF_A_SYSTEM,
];

/** What a test ran, by its log. A text is undefined where the log does not say. */
export interface IdentifyingFacts extends Readonly<Record<Fact, string | undefined>> {
  /** The log's name in findings. */
  readonly file: string;
}

/** Both divisions ask what was run, and on what. */
export function identifyingFacts(log: DetailLogFindings): IdentifyingFacts {
  // A model on a server has no file here: its embeddings tell that it has these weights.
  const digest = log.text(KEYS.weightsSha256) === undefined ? KEYS.modelSha256 : KEYS.weightsSha256;
  for (const key of [KEYS.sut, KEYS.model, digest, KEYS.dataset, KEYS.datasetSha256]) {
    log.notEmpty(key, 'it to be named');
  }
  const texts = Object.entries(KEYS).map(([fact, key]) => [fact, log.text(key)]);
  return { file: log.file, ...(Object.fromEntries(texts) as Record<Fact, string | undefined>) };
}

export function checkSameInScenario(tests: readonly IdentifyingFacts[]): Finding[] {
  return differences(tests, OF_A_SCENARIO);
}

export function checkSameInSystem(tests: readonly IdentifyingFacts[]): Finding[] {
  return differences(tests, OF_A_SYSTEM);
}

function differences(tests: readonly IdentifyingFacts[], facts: readonly Fact[]): Finding[] {
  const [first, ...others] = tests;
  if (first === undefined) return [];
  return others.flatMap((other) =>
    facts
      .filter((fact) => other[fact] !== first[fact])
      .map((fact) => {
        const expected = `${first[fact] ?? 'none'}, as in ${first.file}`;
        return newFinding(other.file, other[fact] ?? 'none', expected, { key: KEYS[fact] });
      }),
  );
}

/** In the closed division the model is the benchmark's, and the data are data that it has a reference for. */
export function checkKnown(facts: IdentifyingFacts, rules: ModelRules): Finding[] {
  const findings: Finding[] = [];
  const add = (key: string, found: string | undefined, expected: string) => {
    findings.push(newFinding(facts.file, found ?? 'none', expected, { key }));
  };
  if (rules.weightsSha256 !== undefined && facts.weightsSha256 !== rules.weightsSha256) {
    add(KEYS.weightsSha256, facts.weightsSha256, `${rules.weightsSha256} (${rules.title})`);
  }
  if (rules.modelSha256 !== undefined && facts.modelSha256 !== rules.modelSha256) {
    add(KEYS.modelSha256, facts.modelSha256, `${rules.modelSha256} (${rules.title})`);
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
    return newFinding(file, found, expected, { key: KEYS.dataset, severity: 'remark' });
  }
  const found = `other data, ${printable(dataset, 60) || 'without a name'}, of digest ${datasetSha256.slice(0, 12)}`;
  const expected = `${names}, complete: run again without --pairs, --set and --skip-missing, or submit to the open division`;
  return newFinding(file, found, expected, { key: KEYS.datasetSha256 });
}

export function referenceOf({ datasetSha256 }: IdentifyingFacts, { references }: ModelRules): Reference | undefined {
  return references.find((reference) => reference.datasetSha256 === datasetSha256);
}
