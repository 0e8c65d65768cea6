/** Runs of a system that is written for a test. */
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { type Running, SHORT_CONF, SIX_PAIRS, start, temporaryFile, temporaryFolder } from './loadgen.js';

/** Answers a query. */
export const ANSWER = `responder.querySamplesComplete(samples.map(({ id }) => ({ id, data: new Uint8Array(8192).fill(1) })))`;

interface Behaviour {
  readonly create?: string;
  readonly issue?: string;
  readonly close?: string;
}

/** Starts one performance test of a system that does this. */
export async function startRun(
  t: TestContext,
  { create = '', issue = ANSWER, close = '' }: Behaviour,
  more: string[] = [],
) {
  const plugin = await temporaryFile(
    t,
    'scripted.mjs',
    `export default { interfaceVersion: 1, kind: 'systemUnderTest', name: 'scripted',
      async createSystemUnderTest() {
        ${create}
        return { name: 'scripted', configuration: {},
          issueQuery(samples, responder) { ${issue} }, flushQueries() {}, async close() { ${close} } };
      } };`,
  );
  const output = await temporaryFolder(t);
  const pairs = ['--pairs-file', await temporaryFile(t, 'pairs.txt', SIX_PAIRS)];
  const what = ['--scenario', 'SingleStream', '--mode', 'PerformanceOnly', '--output', output, ...pairs];
  const conf = ['--user-conf', await temporaryFile(t, 'user.conf', SHORT_CONF)];
  const run: Running = start(['run', '--sut', plugin, ...what, ...conf, ...more]);
  return { run, output, logs: join(output, 'SingleStream', 'performance', 'run_1') };
}
