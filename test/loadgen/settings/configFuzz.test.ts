/** Hostile config files: whatever stands there, it is applied or ends in an error of our own. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LoadGenError } from '../../../base/errors.js';
import { applyConfigFile } from '../../../loadgen/settings/configFile.js';
import { CONFIG_KEYS } from '../../../loadgen/settings/configKeys.js';
import { defaultTestSettings, TEST_SCENARIOS } from '../../../loadgen/settings/testSettings.js';

const RUNS = 10_000;
const kind = fc.constantFrom('mlperf' as const, 'user' as const, 'audit' as const);
const scenario = fc.constantFrom(...TEST_SCENARIOS);

function check(
  text: string,
  kindOfFile: 'mlperf' | 'user' | 'audit',
  runScenario: (typeof TEST_SCENARIOS)[number],
): void {
  const settings = { ...defaultTestSettings(), scenario: runScenario };
  try {
    applyConfigFile(settings, { path: 'user.conf', kind: kindOfFile, text }, 'sphereface');
    for (const [name, value] of Object.entries(settings)) {
      assert.ok(typeof value !== 'number' || Number.isFinite(value), `${name} is ${value}`);
    }
  } catch (thrown) {
    assert.ok(thrown instanceof LoadGenError, String(thrown));
    assert.equal(thrown.code, 'CONFIG_INVALID');
  }
}

test('any text', () => {
  fc.assert(fc.property(fc.string({ maxLength: 300 }), kind, scenario, check), { numRuns: RUNS });
});

test('lines of likely keys and unlikely values', () => {
  const key = fc.oneof(
    fc.constantFrom(...Object.keys(CONFIG_KEYS), '__proto__', 'constructor', 'toString', ''),
    fc.string({ maxLength: 10 }),
  );
  const value = fc.oneof(
    fc.double().map(String),
    fc.bigInt().map(String),
    fc.constantFrom('0', '-0', '1e308', '1e-400', '0x10', '1_000', 'NaN', 'Infinity', '', '1 2', '# 1', '٣'),
    fc.string({ maxLength: 10 }),
  );
  const model = fc.constantFrom('*', 'sphereface', 'resnet50', 'a.b', '');
  const place = fc.constantFrom('*', ...TEST_SCENARIOS, '__proto__');
  const line = fc
    .tuple(model, place, key, fc.constantFrom(' = ', '=', ' == ', ' '), value)
    .map(([name, where, what, equals, number]) => `${name}.${where}.${what}${equals}${number}`);
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 5 }).map((lines) => lines.join('\n')),
      kind,
      scenario,
      check,
    ),
    { numRuns: RUNS },
  );
});
