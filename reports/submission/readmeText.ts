import type { TestScenario } from '../scenarios.js';
import { rulesOf } from './rules.js';

export interface ReproducedRun {
  readonly network: string;
  readonly sut: string;
  readonly scenario: TestScenario;
  readonly dataset: string;
  readonly datasetSha256: string;
  /** The `sut_*` lines of the log, without that prefix. */
  readonly configuration: Readonly<Record<string, string>>;
  readonly hasMlperfConf: boolean;
}

/** README.md beside the measurements: what was measured, and how to do it again. */
export function readmeText(run: ReproducedRun): string {
  const { network, sut, scenario, dataset, datasetSha256, configuration } = run;
  const title = rulesOf(network)?.title ?? configuration.model ?? network;
  const options = [
    `--network ${network}`,
    `--sut ${sut}`,
    configuration.precision === undefined ? '' : `--precision ${configuration.precision}`,
    `--scenario ${scenario}`,
    dataset === 'synthetic' ? '' : '--dataset FOLDER',
    '--user-conf user.conf',
    run.hasMlperfConf ? '--mlperf-conf mlperf.conf' : '',
  ].filter((option) => option !== '');
  const facts = Object.entries(configuration).map(([key, value]) => `- ${key.replaceAll('_', ' ')}: ${value}`);
  return `# ${network}, ${scenario}

Model: ${title}. This is not an official MLPerf model, and the results are not results of an official MLPerf benchmark.
A sample is a pair of faces: four inferences, and one decision whether they are of the same person.

## To do it again

With sphereface-loadgen, of the version in the system description, in this folder:

\`\`\`sh
loadgen run ${options.join(' ')}
\`\`\`

Data set: ${dataset === 'synthetic' ? 'synthetic, which comes along' : `${dataset}, whose folder is FOLDER`}, SHA-256
\`${datasetSha256}\`

## System under test

${facts.join('\n')}
`;
}
