import assert from 'node:assert/strict';
import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type PairInputs, pairValuesOf } from '../../../base/pairLayout.js';
import { SampleFile } from '../../../sut/programs/sampleFile.js';

const NETWORK = { inputHeight: 2, inputWidth: 3, inputChannels: 1, embeddingValues: 4 };
const VALUES = pairValuesOf(NETWORK);

/** A library of two places, and a program that has the file open. */
function openedFile() {
  const state = { shared: new SharedArrayBuffer(2 * VALUES * 4), places: new Map<number, number>() };
  const inputs: PairInputs = {
    get shared() {
      return state.shared;
    },
    offsetOf: (sample) => (state.places.get(sample) ?? Number.NaN) * VALUES,
  };
  const files: string[] = [];
  let mapped = () => {};
  const samples = new SampleFile(inputs, NETWORK, (file) => {
    files.push(file);
    return new Promise((resolve) => {
      mapped = resolve;
    });
  });
  const load = (sample: number, place: number, value: number) => {
    state.places.set(sample, place);
    new Float32Array(state.shared, place * VALUES * 4, VALUES).fill(value);
  };
  return { state, samples, files, load, whenMapped: () => mapped() };
}

/** The first value at each place. */
function valuesIn(descriptor: number): number[] {
  return [0, 1].map((place) => {
    const value = new Float32Array(1);
    readSync(descriptor, value, 0, 4, place * VALUES * 4);
    return value[0] ?? Number.NaN;
  });
}

test('samples lie in the file where they lie in memory, also another one in the place of the first', () => {
  const { samples, files, load } = openedFile();
  load(7, 0, 1);
  load(8, 1, 2);
  samples.hold(8);
  const descriptor = openSync(files[0] ?? '', 'r');
  assert.deepEqual(valuesIn(descriptor), [0, 2]);
  samples.hold(7);
  assert.deepEqual(valuesIn(descriptor), [1, 2]);
  load(9, 0, 3);
  samples.hold(9);
  assert.deepEqual(valuesIn(descriptor), [3, 2]);
  load(7, 0, 4);
  samples.hold(7);
  assert.deepEqual(valuesIn(descriptor), [4, 2]);
  assert.equal(files.length, 1);
  closeSync(descriptor);
  samples.close();
});

test('a sample that is there is not written again', () => {
  const { samples, files, load } = openedFile();
  load(7, 0, 1);
  samples.hold(7);
  load(7, 0, 5);
  samples.hold(7);
  const descriptor = openSync(files[0] ?? '', 'r');
  assert.deepEqual(valuesIn(descriptor), [1, 0]);
  closeSync(descriptor);
  samples.close();
});

test('other memory is another file, which has nothing of the first', () => {
  const { state, samples, files, load } = openedFile();
  load(7, 0, 1);
  samples.hold(7);
  state.shared = new SharedArrayBuffer(2 * VALUES * 4);
  load(8, 1, 2);
  samples.hold(8);
  assert.equal(files.length, 2);
  assert.equal(existsSync(files[0] ?? ''), false);
  const descriptor = openSync(files[1] ?? '', 'r');
  assert.deepEqual(valuesIn(descriptor), [0, 2]);
  closeSync(descriptor);
  samples.close();
  assert.equal(existsSync(files[1] ?? ''), false);
});

test('the file is removed when all have mapped it, and what is held later can still be read', async () => {
  const { samples, files, load, whenMapped } = openedFile();
  load(7, 0, 1);
  samples.hold(7);
  const [file = ''] = files;
  const descriptor = openSync(file, 'r');
  whenMapped();
  while (existsSync(file)) await sleep(5);
  load(8, 1, 2);
  samples.hold(8);
  assert.deepEqual(valuesIn(descriptor), [1, 2]);
  closeSync(descriptor);
  samples.close();
});
