import { ERROR_CODES, EXIT_CODE } from '../../base/errorCodes.js';
import { ERROR_REMEDIES } from './errorRemedies.js';

/** The codes that begin with one of these words stand together. */
const SECTIONS: readonly [title: string, prefixes: readonly string[]][] = [
  ['Settings and options', ['CLI', 'CONFIG', 'SETTINGS', 'NETWORK']],
  ['Data and downloads', ['QSL', 'FETCH']],
  ['Models and engines', ['MODEL', 'ONEDNN', 'ONNX', 'OPENVINO', 'TFJS', 'TFLITE']],
  ['Systems under test and plugins', ['SUT', 'SERVE', 'TUNE']],
  ['Runs and logs', ['RUN', 'FOLDER', 'LOG', 'INTERRUPTED', 'OUTPUT', 'MACHINE']],
  ['Reports and exports', ['REPORT', 'COMPARE', 'DUEL', 'EXPORT']],
  ['The page for devices', ['WEB']],
  ['Submissions and audits', ['SUBMISSION', 'SUBMIT', 'AUDIT']],
];

const INTRODUCTION = `# Errors

Every error that this project raises on purpose is a \`LoadGenError\` with a stable code. The command line prints its
message, which names the file and line, option, tensor or sample, what was found and what was expected, and often a hint:

\`\`\`
Error QSL_NOT_FETCHED: data set "lfw" is not there yet, expected it in /home/me/.cache/sphereface-loadgen/fetched/lfw
Fetch it: loadgen fetch lfw
If you have a folder of this name, pass it as ./lfw
\`\`\`

The exit code is that of the command that ends with the error; [command line](command-line.md#exit-codes) lists all exit
codes. A mistake in the command line itself has no error code; the command ends with exit code ${EXIT_CODE.usage}. An error that ends a run
also stands in its logs, and the run is INVALID. Once a command has measured something it never ends with ${EXIT_CODE.usage}: \`run\` and \`audit\`
end with ${EXIT_CODE.internal} instead, \`submit-run\` with ${EXIT_CODE.invalid}.
`;

/** docs/errors.md */
export function errorReference(): string {
  const sections = SECTIONS.map(([title, prefixes]) => {
    const rows = Object.entries(ERROR_CODES)
      .filter(([code]) => prefixes.includes(prefixOf(code)))
      .map(
        ([code, { exitCode, meaning }]) => `| \`${code}\` | ${exitCode} | ${meaning} | ${ERROR_REMEDIES[code] ?? ''} |`,
      );
    return `## ${title}\n\n| code | exit code | meaning | what to do |\n|---|---|---|---|\n${rows.join('\n')}\n`;
  });
  return [INTRODUCTION, ...sections].join('\n');
}

function prefixOf(code: string): string {
  return code.split('_')[0] ?? code;
}
