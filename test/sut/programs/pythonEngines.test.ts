import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { PAIR_IMAGES } from '../../../base/pairLayout.js';
import { SPHEREFACE20_SHAPE } from '../../../sut/networks/sphereface20.js';
import { createSystemUnderTest } from '../../../sut/systemsUnderTest.js';
import { systemUnderTestContract } from '../../../testing/index.js';
import { snippetsOf } from '../../documents/snippets/snippet.js';
import { PAIR_INPUT_VALUES, pairInputsOf } from '../pairInputsOf.js';
import { runQuery } from '../runQuery.js';
import { NO_PYTHON } from './testPython.js';

const folder = mkdtempSync(join(tmpdir(), 'python-engines-'));
after(() => rmSync(folder, { recursive: true }));

const VALUES = PAIR_INPUT_VALUES / PAIR_IMAGES;
const { embeddingValues } = SPHEREFACE20_SHAPE;
const SAMPLES = 3;
const images = Float32Array.from({ length: SAMPLES * PAIR_INPUT_VALUES }, (_, i) => Math.fround(Math.sin(i)));
const inputs = pairInputsOf(images);

/** An embedding is the last values of the image. */
const CUT = 'return batch.reshape(len(batch), -1)[:, -512:].copy()';
const cutImage = (image: number) => images.subarray((image + 1) * VALUES - embeddingValues, (image + 1) * VALUES);

function writeEngine(content: string, name = `engine_${Math.random().toString(36).slice(2)}.py`): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

/** A class with these bodies. */
function engineOf({ head = '', load = 'pass', infer = CUT, more = '' }): string {
  return [
    'import numpy as np, sys, os, time',
    head,
    'class Cut:',
    `    def load(self, model, options): ${load}`,
    `    def infer(self, batch): ${infer}`,
    more,
  ].join('\n');
}

function valuesOf(answer: { readonly bytes: Uint8Array } | undefined): number[] {
  assert.ok(answer !== undefined);
  return [...new Float32Array(answer.bytes.slice().buffer)];
}

describe('engines in Python', { skip: NO_PYTHON }, () => {
  for (const workers of [0, 1, 2]) {
    for (const batch of [1, 2, 4]) {
      for (const spreadPairs of [false, true]) {
        test(`${workers} workers, batch ${batch}${spreadPairs ? ', spread pairs' : ''}: each image reaches the engine`, async () => {
          const sut = await createSystemUnderTest(writeEngine(engineOf({ more: `    name = "cut"` })), {
            inputs,
            placement: { workers, threads: 1, batch, spreadPairs },
          });
          try {
            const answers = await runQuery(sut, [0, 1, 2]);
            for (const [sample, { bytes }] of answers) {
              const expected = [0, 1, 2, 3].flatMap((image) => [...cutImage(sample * PAIR_IMAGES + image)]);
              assert.deepEqual(valuesOf({ bytes }), expected);
            }
            assert.equal(sut.configuration.engine, 'cut');
          } finally {
            await sut.close();
          }
        });
      }
    }
  }

  const answering: readonly (readonly [kind: string, engine: string])[] = [
    [
      'prints to standard output',
      engineOf({ head: 'print("import")', load: 'print("load")', infer: `print("infer"); ${CUT}` }),
    ],
    ['writes to descriptor 1', engineOf({ infer: `os.write(1, b"hello\\n"); ${CUT}` })],
    ['reads standard input', engineOf({ load: 'assert sys.stdin.read() == ""' })],
    [
      'starts a thread that goes on',
      engineOf({ load: 'import threading; threading.Thread(target=time.sleep, args=(600,)).start()' }),
    ],
    [
      'derives from the interface',
      'from sphereface_loadgen import Engine\nclass Mine(Engine):\n    def load(self, model, options): pass\n    def infer(self, batch): ' +
        CUT,
    ],
    [
      'has helpers and imports beside it',
      engineOf({ head: 'from collections import OrderedDict\nclass Helper: pass' }),
    ],
  ];
  for (const [kind, engine] of answering) {
    test(`an engine that ${kind} is answered for`, async () => {
      const sut = await createSystemUnderTest(writeEngine(engine), { inputs });
      const answers = await runQuery(sut, [1]);
      await sut.close();
      assert.deepEqual(valuesOf(answers.get(1)).slice(0, embeddingValues), [...cutImage(PAIR_IMAGES)]);
    });
  }

  const refused: readonly (readonly [kind: string, engine: string, message: RegExp, hint?: RegExp])[] = [
    ['is empty', '', /found no class in .*engine_\w+\.py, expected a class with the methods load/],
    ['is no Python', 'class (', /SyntaxError: .*\(engine_\w+\.py, line 1\)/],
    [
      'has a class without infer',
      'class Mine:\n    def load(self, model, options): pass',
      /found Mine in .*infer\(batch\)/,
    ],
    ['has two engines', `${engineOf({})}\nclass Other(Cut): pass`, /found 2 engines in .*: Cut, Other; expected one/],
    [
      'needs a package',
      'import not_installed_anywhere',
      /No module named 'not_installed_anywhere'/,
      /pip install not_installed_anywhere/,
    ],
    [
      'needs a package when it loads',
      engineOf({ load: 'import not_installed_anywhere.part' }),
      /No module named/,
      /pip install not_installed_anywhere\b/,
    ],
    [
      'raises in load',
      engineOf({ load: 'raise ValueError("no such device")' }),
      /ValueError: no such device \(engine_\w+\.py, line 4\)/,
    ],
    ['raises without a text', engineOf({ load: 'raise KeyError' }), /KeyError/],
    ['raises lines', engineOf({ load: 'raise ValueError("one\\ntwo")' }), /ValueError: one two \(/],
    ['exits in load', engineOf({ load: 'sys.exit(0)' }), /SystemExit: 0/],
    ['ends at once in load', engineOf({ load: 'os._exit(0)' }), /ended by itself with exit code 0/],
    ['is killed in load', engineOf({ load: 'os.kill(os.getpid(), 9)' }), /ended by itself with SIGKILL/],
    ['wants arguments', engineOf({ more: '    def __init__(self, path): pass' }), /TypeError: .*path/],
    ['has a name with blanks', engineOf({ more: '    name = "my engine"' }), /name: not 1 to 64 letters/],
    [
      'has the name of a system',
      engineOf({ more: '    name = "onnxruntime"' }),
      /has the name of a system that there is/,
    ],
    ['knows an unknown format', engineOf({ more: '    formats = ("pt",)' }), /formats\.0|Invalid option/],
    ['knows an unknown precision', engineOf({ more: '    precisions = ("fp8",)' }), /precisions/],
  ];
  for (const [kind, engine, message, hint] of refused) {
    test(`an engine that ${kind} is refused before anything is measured`, async () => {
      await assert.rejects(
        createSystemUnderTest(writeEngine(engine), { inputs }),
        (error: Error & { code: string; hint?: string }) => {
          assert.match(error.message, message);
          assert.equal(error.code, kind.startsWith('needs a package') ? 'SUT_NOT_INSTALLED' : 'SUT_PLUGIN');
          if (hint !== undefined) assert.match(error.hint ?? '', hint);
          return true;
        },
      );
    });
  }

  const failing: readonly (readonly [kind: string, infer: string, message: RegExp])[] = [
    ['raises', 'raise ValueError("too warm")', /ValueError: too warm \(engine_\w+\.py, line 5\)/],
    ['returns nothing', 'pass', /infer returned NoneType, expected a NumPy array of float32 of \(4, 512\)/],
    ['returns a list', 'return [[0.0] * 512] * len(batch)', /infer returned list/],
    ['returns float64', 'return np.zeros((len(batch), 512))', /infer returned float64 of \(4, 512\), expected/],
    ['returns one image', 'return np.zeros((1, 512), np.float32)', /infer returned float32 of \(1, 512\), expected/],
    [
      'returns another length',
      'return np.zeros((len(batch), 128), np.float32)',
      /infer returned float32 of \(4, 128\)/,
    ],
    ['changes its inputs', 'batch += 1; return batch', /read-only/],
    ['exits', 'sys.exit(3)', /SystemExit: 3/],
    ['dies', 'os.abort()', /ended by itself with SIGABRT/],
  ];
  for (const [kind, infer, message] of failing) {
    test(`an engine that ${kind} in infer fails the run with the reason`, async () => {
      const sut = await createSystemUnderTest(writeEngine(engineOf({ infer })), { inputs });
      try {
        await assert.rejects(runQuery(sut, [0]), (error: Error & { code: string }) => {
          assert.match(error.message, message);
          assert.equal(error.code, 'SUT_FAILED');
          return true;
        });
        await assert.rejects(runQuery(sut, [0]), message, 'later queries are told, too');
      } finally {
        await sut.close();
      }
    });
  }

  test('a module is found from the current folder, and the name of none is refused', async () => {
    await assert.rejects(createSystemUnderTest('python:no_such_module_here', { inputs }), /No module named/);
    await assert.rejects(createSystemUnderTest('python:a b', { inputs }), /expected a Python module/);
  });

  test('an engine gets the model in its first format, beside what the user asks for', async () => {
    const load = 'self.path = model.path; self.data = open(model.path, "rb").read(8)[4:]; self.asked = options';
    const tell = 'assert self.path.endswith(".tflite") and self.data == b"TFL3" and not os.path.exists(self.path)';
    const more = '    formats = ("tflite", "onnx")\n    precisions = ("fp32", "int8")';
    const engine = engineOf({ load, infer: `${tell}; assert self.asked.threads == 2, self.asked; ${CUT}`, more });
    const sut = await createSystemUnderTest(writeEngine(engine), {
      inputs,
      placement: { workers: 0, threads: 2, batch: 4, spreadPairs: false },
    });
    await runQuery(sut, [0]);
    await sut.close();
    assert.equal(sut.configuration.modelFormat, 'tflite');
    assert.equal(sut.configuration.threadsPerInference, 2);
  });

  test('an engine is told the device that is chosen, and says which it uses', async () => {
    const more = '    devices = ("CPU", "GPU")';
    const engine = writeEngine(engineOf({ load: 'self.device = options.device + ".0"', more }));
    const sut = await createSystemUnderTest(engine, { inputs, device: 'gpu' });
    await sut.close();
    assert.deepEqual([sut.configuration.device, sut.configuration.provider], ['GPU.0', undefined]);
    await assert.rejects(createSystemUnderTest(engine, { inputs, device: 'NPU' }), {
      code: 'SUT_DEVICE',
      message: /^engine_\w+ has no device "NPU" here, expected CPU, GPU$/,
    });
    await assert.rejects(createSystemUnderTest(engine, { inputs, provider: 'cpu' }), { code: 'SUT_DEVICE' });
  });

  test('a device that the engine lists and cannot use is refused with its reason and the others', async () => {
    const more = '    devices = ("CPU", "GPU")';
    const engine = writeEngine(engineOf({ load: 'assert options.device != "GPU", "no driver"', more }));
    await assert.rejects(createSystemUnderTest(engine, { inputs, device: 'gpu' }), {
      code: 'SUT_DEVICE',
      message: /^engine_\w+ cannot use the device GPU here: .*no driver/s,
      hint: /^It lists the devices: CPU, GPU\. /,
    });
    await assert.rejects(
      createSystemUnderTest(writeEngine(engineOf({ load: 'assert False, "no model"', more })), { inputs }),
      {
        code: 'SUT_PLUGIN',
      },
    );
  });

  test('the engine that the documents show is run', async () => {
    const [shown] = snippetsOf('docs/programs.md').filter(({ language }) => language === 'python');
    const network =
      'def open_network(path, threads, device): return lambda batch: batch.reshape(len(batch), -1)[:, -512:].copy()';
    const sut = await createSystemUnderTest(writeEngine(`${network}\n${shown?.code}`), { inputs });
    const answers = await runQuery(sut, [0]);
    await sut.close();
    assert.equal(sut.configuration.engine, 'my-engine');
    assert.deepEqual(valuesOf(answers.get(0)).slice(0, embeddingValues), [...cutImage(0)]);
  });

  test('the contract of systems is kept', { timeout: 600_000 }, async (t) => {
    const file = writeEngine(engineOf({}));
    const cases = systemUnderTestContract((options) =>
      createSystemUnderTest(file, { inputs: options.inputs, placement: options.placement }),
    );
    for (const { name, run } of cases) await t.test(name, run);
  });
});

test('a Python that is not there is named, with what to do', async () => {
  const file = writeEngine(engineOf({}));
  await assert.rejects(
    createSystemUnderTest(file, { inputs, python: '/nowhere/python3' }),
    (error: Error & { code: string; hint?: string }) => {
      assert.match(error.message, /\/nowhere\/python3 cannot be started/);
      assert.equal(error.code, 'SUT_NOT_INSTALLED');
      assert.match(error.hint ?? '', /--python/);
      return true;
    },
  );
});
