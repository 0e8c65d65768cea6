import { mkdirSync, writeFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, platform } from 'node:os';
import { join } from 'node:path';
import { EXIT_CODE, LoadGenError, messageOf } from '../../base/errors.js';
import type { TestMode, TestScenario } from '../../loadgen/index.js';
import { packageVersion } from '../packageFiles.js';

/** The folder of one test's logs, laid out as in a submission. */
export function testFolder(runFolder: string, scenario: TestScenario, mode: TestMode): string {
  switch (mode) {
    case 'AccuracyOnly':
      return join(runFolder, scenario, 'accuracy');
    case 'PerformanceOnly':
      return join(runFolder, scenario, 'performance', 'run_1');
    case 'SubmissionRun':
    case 'FindPeakPerformance':
      return join(runFolder, scenario, mode);
  }
}

/** `runs/2026-01-31T12-30-59-null`, in the folder where the command was given. */
export function defaultRunFolder(sutName: string, startedAt: Date): string {
  return join('runs', `${startedAt.toISOString().slice(0, 19).replaceAll(':', '-')}-${sutName}`);
}

/** What the machine is, without anything that names its owner. */
export function systemFacts() {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    logicalProcessors: availableParallelism(),
    platform: `${platform()} ${arch()}`,
    nodeVersion: process.version,
    loadgenPackageVersion: packageVersion(),
  };
}

export function writeJson(folder: string, name: string, content: unknown): void {
  const path = join(folder, name);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, `${JSON.stringify(content, undefined, 2)}\n`);
  } catch (thrown) {
    throw new LoadGenError('RUN_FOLDER', `cannot write ${path}: ${messageOf(thrown)}`, {
      hint: 'Choose a folder that may be written to with --output.',
      cause: thrown,
      exitCode: EXIT_CODE.internal,
    });
  }
}
