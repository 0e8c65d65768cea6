/**
 * What the harness adds to an engine in a process of its own.
 *
 * `node dist/bench/programOverhead.js` asks an engine in Python that computes nothing, one query of a pair after another.
 * `node dist/bench/programOverhead.js ENGINE [ROUNDS]` asks an engine in Python that comes with this project and loads ONNX
 * files, such as python-onnxruntime, in turns with a bare Python loop around the same engine, and prints the median of the rounds' ratios.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { monotonicClock } from '../platform/node/monotonicClock.js';
import type { ClosableSystemUnderTest } from '../sut/closableSystemUnderTest.js';
import { loadModel } from '../sut/loadModel.js';
import { withModelFolder } from '../sut/programs/modelFolder.js';
import { programCommand } from '../sut/programs/programCommand.js';
import { PYTHON_ENGINES } from '../sut/programs/pythonEngines.js';
import { createSystemUnderTest } from '../sut/systemsUnderTest.js';
import { onePair } from './onePair.js';

const QUERIES = 5000;
const QUERIES_A_ROUND = 10;
const NULL_ENGINE = `import numpy as np
class Null:
    def load(self, model, options): self.embeddings = np.zeros((4, 512), np.float32)
    def infer(self, batch): return self.embeddings
`;

const [engine, rounds = '15'] = process.argv.slice(2);
if (engine === undefined) await measureNullEngine();
else await measureBeside(engine, Number(rounds));

async function measureNullEngine(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'null-engine-'));
  writeFileSync(join(folder, 'null_engine.py'), NULL_ENGINE);
  const sut = await createSystemUnderTest(join(folder, 'null_engine.py'), { inputs: onePair });
  await latencies(sut, QUERIES);
  const measured = await latencies(sut, QUERIES);
  await sut.close();
  rmSync(folder, { recursive: true });
  const line = (what: string, times: readonly number[]) =>
    console.log(
      `${what} p50 ${(quantile(times, 0.5) / 1000).toFixed(1)} us, p90 ${(quantile(times, 0.9) / 1000).toFixed(1)} us`,
    );
  console.log(`an engine in Python that computes nothing, ${QUERIES} queries of a pair`);
  line(
    'latency, to the time that the engine tells',
    measured.map(({ completeNs }) => completeNs),
  );
  line(
    'until the harness has the answer          ',
    measured.map(({ toldNs }) => toldNs),
  );
}

async function measureBeside(name: string, count: number): Promise<void> {
  const { file } = PYTHON_ENGINES.find((known) => known.name === name) ?? {};
  if (file === undefined) throw new RangeError(`there is no engine in Python ${name}`);
  const sut = await createSystemUnderTest(name, { inputs: onePair });
  const model = await loadModel({ formats: ['onnx'] });
  await withModelFolder(model, async (path) => {
    const { file: python } = programCommand({ kind: 'python', target: file });
    const script = fileURLToPath(new URL('../../bench/bareLoop.py', import.meta.url));
    const bare = spawn(python, [script, file, path], { stdio: ['pipe', 'pipe', 'inherit'] });
    const lines = createInterface(bare.stdout);
    await once(lines, 'line');
    await latencies(sut, QUERIES_A_ROUND);
    const ratios: number[] = [];
    for (let round = 0; round < count; round++) {
      const answer = once(lines, 'line');
      bare.stdin.write(`${QUERIES_A_ROUND}\n`);
      const bareNs = Number((await answer)[0]);
      const harnessNs = quantile(
        (await latencies(sut, QUERIES_A_ROUND)).map(({ completeNs }) => completeNs),
        0.5,
      );
      ratios.push(harnessNs / bareNs);
    }
    bare.stdin.end();
    await sut.close();
    console.log(
      `${count} rounds of ${QUERIES_A_ROUND} queries: a query takes ${quantile(ratios, 0.5).toFixed(4)} times the bare loop`,
    );
  });
}

interface Latency {
  readonly completeNs: number;
  readonly toldNs: number;
}

async function latencies(sut: ClosableSystemUnderTest, queries: number): Promise<Latency[]> {
  const measured: Latency[] = [];
  for (let query = 0; query < queries; query++) {
    measured.push(
      await new Promise<Latency>((resolve, reject) => {
        const issuedNs = monotonicClock.nowNs();
        sut.issueQuery([{ id: query, index: 0 }], {
          querySamplesComplete(_, completedAtNs = Number.NaN) {
            resolve({ completeNs: completedAtNs - issuedNs, toldNs: monotonicClock.nowNs() - issuedNs });
          },
          fail: reject,
        });
      }),
    );
  }
  return measured;
}

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;
}
