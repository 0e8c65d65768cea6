import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ENGINES, importEngine } from '../../sut/engines/index.js';
import { listSystemsUnderTest } from '../../sut/listSystemsUnderTest.js';
import { runPlugin } from '../../sut/plugins/importPlugin.js';
import { PYTHON_ENGINES } from '../../sut/programs/pythonEngines.js';
import { createSystemUnderTest } from '../../sut/systemsUnderTest.js';
import { START_LIMIT_MS } from '../../sut/timeLimits.js';
import { pairInputsOf } from './pairInputsOf.js';

const inputs = pairInputsOf(new Float32Array(0));

test('lists all systems, each usable or with the reason why not', async () => {
  const listings = await listSystemsUnderTest();
  assert.deepEqual(
    listings.map(({ name }) => name),
    [...[...ENGINES, ...PYTHON_ENGINES].map(({ name }) => name), 'null'],
  );
  const usable = listings.filter((listing) => listing.usable).map(({ name }) => name);
  assert.ok(usable.includes('tfjs-tflite') && usable.includes('null'), usable.join());
  for (const listing of listings) assert.ok(listing.usable || listing.reason !== '', listing.name);
});

test('an unknown name is answered with those there are', async () => {
  await assert.rejects(createSystemUnderTest('tensorflow', { inputs }), {
    code: 'SUT_UNKNOWN',
    message:
      /^there is no system under test "tensorflow", expected one of tfjs-tflite, .*, null, or a plugin's path or package, a program as in \.\/engine\.py, or a server as in http:.*NAME$/,
  });
});

test('refuses a precision that the engine does not have', async () => {
  await assert.rejects(createSystemUnderTest('tfjs-tflite', { inputs, precision: 'bf16' }), {
    code: 'SUT_PRECISION',
    message: 'tfjs-tflite does not compute in bf16, expected fp32 or int8',
  });
});

test('a file that is no engine is refused', async () => {
  const module = new URL('./runQuery.js', import.meta.url).href;
  await assert.rejects(importEngine(module), { code: 'SUT_ENGINE', message: /runQuery\.js is not an engine/ });
});

test('the null system needs no model and no samples', async () => {
  const sut = await createSystemUnderTest('null', { inputs, modelFile: 'missing.tflite' });
  assert.equal(sut.name, 'null');
  await sut.close();
});

test('a plugin that never makes its engine ends in an error', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const made = runPlugin('mine', 'createEngine', () => new Promise(() => {}));
  t.mock.timers.tick(START_LIMIT_MS);
  const message = 'the plugin mine did not finish createEngine within 300 s';
  await assert.rejects(made, { code: 'SUT_PLUGIN', message });
});
