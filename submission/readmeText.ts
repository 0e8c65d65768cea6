import { printable } from '../base/text.js';
import type { TestScenario } from '../loadgen/settings/testSettings.js';
import type { RunRequest } from '../runs/jsonFormats.js';
import { MLPERF_CONF, USER_CONF } from '../runs/layout.js';
import { requestOptions, typedOption } from '../runs/requestOptions.js';

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

/** As it was asked for. */
function command({ network, scenario, request, hasMlperfConf }: ReproducedRun): string {
  const options = [
    ...requestOptions(network, request),
    ['--scenario', scenario] as const,
    ['--user-conf', USER_CONF] as const,
    ...(hasMlperfConf ? [['--mlperf-conf', MLPERF_CONF] as const] : []),
  ];
  return `loadgen run ${options.map(([name, value]) => typedOption(name, value)).join(' ')}`;
}
