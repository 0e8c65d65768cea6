import { commandGroup, lazyCommand, type NamedCommand } from './command.js';

/** That of yargs, which prints a script. */
export const COMPLETION = 'completion';

/** Each command's words, its purpose and where it is, in the order of the help. */
export const COMMANDS: readonly NamedCommand[] = [
  lazyCommand(
    'run',
    'Run the benchmark and write its MLPerf logs',
    async () => (await import('./commands/run.js')).runCommand,
  ),
  lazyCommand(
    'preprocess',
    'Find and align the faces of a data set, so that later runs start at once',
    async () => (await import('./commands/preprocess.js')).preprocessCommand,
  ),
  lazyCommand(
    'pairs <folder>',
    'Make a pair list of a folder that holds a folder of face images for each person',
    async () => (await import('./commands/pairs.js')).pairsCommand,
  ),
  lazyCommand(
    'accuracy <logdir>',
    'Compute accuracy from the logs of an accuracy run, and leave the run as it is',
    async () => (await import('./commands/accuracy.js')).accuracyCommand,
  ),
  lazyCommand(
    'compare <runs..>',
    'Compare runs by their logs; the first is the baseline',
    async () => (await import('./commands/compare.js')).compareCommand,
  ),
  lazyCommand(
    'duel <contestants..>',
    'Find out which system is faster, measuring them in turns',
    async () => (await import('./commands/duel.js')).duelCommand,
  ),
  lazyCommand(
    'report <run>',
    'Write a page with charts of one run or duel, for a browser',
    async () => (await import('./commands/report.js')).reportCommand,
  ),
  lazyCommand(
    'results <folders..>',
    'Show runs, duels and published submissions as one table: a row for each system',
    async () => (await import('./commands/results.js')).resultsCommand,
  ),
  lazyCommand(
    'export <run>',
    "Write a run's result, latencies and traces for other programs",
    async () => (await import('./commands/export.js')).exportCommand,
  ),
  lazyCommand(
    'audit <test> <run>',
    'Run and verify a compliance test, which a closed submission needs',
    async () => (await import('./commands/audit.js')).auditCommand,
  ),
  commandGroup('model', 'Export or import the network, or inspect a model', [
    lazyCommand(
      'export',
      "Write the network in a runtime's format",
      async () => (await import('./commands/modelExport.js')).exportCommand,
    ),
    lazyCommand(
      'import <file>',
      'Convert weights to a .safetensors file',
      async () => (await import('./commands/modelImport.js')).importCommand,
    ),
    lazyCommand(
      'info <file>',
      'Print inputs, outputs, operators and digests of a model',
      async () => (await import('./commands/modelInfo.js')).infoCommand,
    ),
  ]),
  lazyCommand(
    'suts',
    'List the systems under test and which of them work here',
    async () => (await import('./commands/suts.js')).sutsCommand,
  ),
  lazyCommand(
    'tune',
    'Find the fastest number of workers and threads here, and write a user.conf',
    async () => (await import('./commands/tune.js')).tuneCommand,
  ),
  lazyCommand(
    'serve',
    'Hand out a page that measures the device which opens it, and take its logs',
    async () => (await import('./commands/serve.js')).serveCommand,
  ),
  commandGroup('web', 'Make pages for devices', [
    lazyCommand(
      'export <folder>',
      'Write the page that measures devices as files, for any web host',
      async () => (await import('./commands/webExport.js')).webExportCommand,
    ),
  ]),
  lazyCommand(
    'serve-model',
    'Serve a system by the Open Inference Protocol, to measure it from another machine',
    async () => (await import('./commands/serveModel.js')).serveModelCommand,
  ),
  lazyCommand(
    'fetch <asset>',
    'Download LFW, the published model or MTCNN, and check their digests',
    async () => (await import('./commands/fetch.js')).fetchCommand,
  ),
  commandGroup('submission', "Create, check and pack a submission in MLPerf's layout", [
    lazyCommand(
      'init <tree>',
      'Create a submission tree, or add a system to one',
      async () => (await import('./commands/submission.js')).initCommand,
    ),
    lazyCommand(
      'add <run>',
      "Check a run and copy it into a submission, replacing the scenarios' earlier runs",
      async () => (await import('./commands/submission.js')).addCommand,
    ),
    lazyCommand(
      'check <tree>',
      'List everything that keeps a submission from being accepted',
      async () => (await import('./commands/submission.js')).checkCommand,
    ),
    lazyCommand(
      'pack <tree>',
      'Check a submission and pack it into one archive, with a list of checksums',
      async () => (await import('./commands/submission.js')).packCommand,
    ),
  ]),
  lazyCommand(
    'submit-run <tree>',
    'Run all tests of a submission, put them into its tree, and check it',
    async () => (await import('./commands/submitRun.js')).submitRunCommand,
  ),
];
