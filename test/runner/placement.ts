/**
 * How test files share the machine. Most share processes, of which two run at a time: to start one for each file took
 * longer than most of their tests. Such a file finds a process that others have used.
 */

/** Files that need the processor for themselves, since they measure time: they run one by one, after the others. */
export const ALONE: ReadonlySet<string> = new Set(['cli/duel.test.js', 'cli/pauses.test.js']);

/** Files that change what all of a process share, or look at what is left in it, and so have one of their own. */
export const OWN_PROCESS: ReadonlySet<string> = new Set([
  'cli/submitRun/steps.test.js',
  'fetch/proxy.test.js',
  'platform/node/collectionTimes.test.js',
  'platform/node/watchPauses.test.js',
  'qsl/detection/mtcnnFiles.test.js',
  'sut/mobilefacenet.test.js',
  'sut/openvino/library.test.js',
  'testing/brokenEngines.test.js',
  'testing/brokenSystems.test.js',
  'testing/ourSystems.test.js',
]);

/** Files that take longest, in processes of their own, which are begun first: none is left over when all else is done. */
export const FIRST: readonly string[] = [
  'robustness/hostile/hostile.test.js',
  'robustness/kills/kills.test.js',
  'robustness/damagedFiles.test.js',
  'documents/snippets/running.test.js',
  'documents/snippets/tools.test.js',
  'cli/audit.test.js',
  'cli/submitRun.test.js',
  'cli/interruption.test.js',
  'cli/interruption/anyMoment.test.js',
  'cli/interruption/submitRun.test.js',
  'sut/engines/tfliteEngines.test.js',
  'sut/enginesAgree.test.js',
  'sut/verifiedSystem.test.js',
  'qsl/preprocessDataset.test.js',
  'qsl/lfw.test.js',
  'qsl/syntheticFaces.test.js',
  'reports/html/pages.test.js',
];
