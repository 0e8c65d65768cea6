import { printable } from '../base/text.js';
import type { TestScenario } from '../loadgen/settings/testSettings.js';
import { MLPERF_CONF, USER_CONF } from '../runs/layout.js';
import type { RunRequest } from '../runs/runJson.js';

export interface ReproducedRun {
  readonly network: string;
  readonly request: RunRequest;
  readonly scenario: TestScenario;
  readonly dataset: string;
  readonly datasetSha256: string;
  /** The `sut_*` lines of the log, without that prefix. */
  readonly configuration: Readonly<Record<string, string>>;
  readonly hasMlperfConf: boolean;
}

/** README.md beside the measurements: what was measured, and how to do it again. */
export function readmeText(run: ReproducedRun): string {
  const { network, scenario, dataset, datasetSha256, configuration } = run;
  const title = printable(configuration.model ?? network);
  const facts = Object.entries(configuration).map(
    ([key, value]) => `- ${printable(key).replaceAll('_', ' ')}: ${printable(value)}`,
  );
  return `# ${network}, ${scenario}

Model: ${title}. This is not an official MLPerf model, and the results are not results of an official MLPerf benchmark.
A sample is a pair of faces: four inferences, and one decision whether they are of the same person.

## To do it again

With sphereface-loadgen, of the version in the system description, in this folder:

\`\`\`sh
${command(run)}
\`\`\`

Words in capitals stand for files and folders of yours. Data set: ${dataset}, SHA-256
\`${datasetSha256}\`

## System under test

${facts.join('\n')}
`;
}

/** As it was asked for; what was given by a path is a word in capitals. */
function command({ network, scenario, request, hasMlperfConf }: ReproducedRun): string {
  const { sut, precision, workers, threads, batch, dataset, pairs, set } = request;
  const values = {
    network,
    sut: sut ?? 'PLUGIN',
    model: request.ownModel ? 'MODEL' : null,
    precision,
    workers,
    threads,
    batch,
    dataset: dataset ?? 'FOLDER',
    'pairs-file': request.ownPairsFile ? 'FILE' : null,
    pairs,
    set,
    scenario,
    'user-conf': USER_CONF,
    'mlperf-conf': hasMlperfConf ? MLPERF_CONF : null,
  };
  const options = Object.entries(values).filter(([, value]) => value !== null);
  return `loadgen run ${options.map(([name, value]) => `--${name} ${value}`).join(' ')}`;
}
