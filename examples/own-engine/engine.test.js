// node --test examples/own-engine
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createSystemUnderTest } from 'sphereface-loadgen/sut';
import { engineContract, systemUnderTestContract } from 'sphereface-loadgen/testing';
import engine from './engine.js';

describe('the engine', () => {
  for (const { name, run } of engineContract(engine)) test(name, run);
});

describe('the system that loadgen makes of it', () => {
  const file = fileURLToPath(new URL('./engine.js', import.meta.url));
  const create = ({ inputs, placement }) => createSystemUnderTest(file, { inputs, placement });
  for (const { name, run } of systemUnderTestContract(create)) test(name, run);
});
