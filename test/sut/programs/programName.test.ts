import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { programNamed } from '../../../sut/programs/programName.js';

const folder = mkdtempSync(join(tmpdir(), 'program-names-'));
after(() => rmSync(folder, { recursive: true }));
for (const name of ['engine.py', 'engine', 'my engine.py']) writeFileSync(join(folder, name), '');

const named: readonly (readonly [name: string, expected: ReturnType<typeof programNamed>])[] = [
  ['./engine.py', { kind: 'python', target: join(folder, 'engine.py') }],
  ['engine.py', { kind: 'python', target: join(folder, 'engine.py') }],
  ['my engine.py', { kind: 'python', target: join(folder, 'my engine.py') }],
  ['python:engines', { kind: 'python', target: 'engines' }],
  ['python:my_engines.fast', { kind: 'python', target: 'my_engines.fast' }],
  ['exec:./engine', { kind: 'executable', file: join(folder, 'engine') }],
  ['exec:engine', { kind: 'executable', file: join(folder, 'engine') }],
  ['onnxruntime', undefined],
  ['./engine.js', undefined],
  ['python', undefined],
  ['execute:engine', undefined],
];
for (const [name, expected] of named)
  test(`${name} is ${expected?.kind ?? 'no program'}`, () => assert.deepEqual(programNamed(name, folder), expected));

const refused: readonly (readonly [name: string, message: RegExp])[] = [
  ['./missing.py', /there is no engine at .*missing\.py/],
  ['exec:./missing', /there is no engine at .*missing/],
  ['exec:', /expected the path of a program/],
  ['python:', /expected a Python module/],
  ['python:a b', /expected a Python module/],
  ['python:../engine', /expected a Python module/],
  ['python:a..b', /expected a Python module/],
];
for (const [name, message] of refused)
  test(`${name} is refused`, () => assert.throws(() => programNamed(name, folder), { code: 'SUT_PLUGIN', message }));
