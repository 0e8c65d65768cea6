import { z } from 'zod';
import { LoadGenError } from '../../base/errors.js';
import type { ClosableSystemUnderTest } from '../closableSystemUnderTest.js';
import { type Engine, PRECISIONS } from '../engine.js';
import { MODEL_FORMATS } from '../modelFormats.js';
import { INTERFACE_VERSION, type Plugin } from './plugin.js';

const aFunction = z.custom<(...given: unknown[]) => unknown>((value) => typeof value === 'function', 'not a function');
const namePattern = /^[A-Za-z0-9][\w.-]{0,63}$/;
const name = z.string().regex(namePattern, 'not 1 to 64 letters, digits, ".", "-", "_", the first a letter or digit');

const plugin = z.discriminatedUnion(
  'kind',
  [
    z.object({
      kind: z.literal('engine'),
      name,
      formats: z.array(z.enum(MODEL_FORMATS)).nonempty('names no format'),
      precisions: z.array(z.enum(PRECISIONS)).nonempty('names no precision'),
      checkUsable: aFunction,
      createEngine: aFunction,
    }),
    z.object({ kind: z.literal('systemUnderTest'), name, createSystemUnderTest: aFunction }),
  ],
  "neither 'engine' nor 'systemUnderTest'",
);

const engine = z.object({
  name: z.string(),
  version: z.string(),
  precision: z.enum(PRECISIONS),
  threads: z.int().positive(),
  instructionSet: z.string(),
  infer: aFunction,
  close: aFunction,
});

const system = z.object({
  name: z.string().min(1),
  configuration: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  issueQuery: aFunction,
  flushQueries: aFunction,
  close: aFunction,
});

/**
 * What a plugin exports, as it is, if it is one; `where` stands in errors. Throws `SUT_PLUGIN_VERSION` if it is written
 * for another version of the interface, `SUT_PLUGIN` with all other faults at once.
 */
export function checkPlugin(exported: unknown, where: string): Plugin {
  checkVersion(exported, where);
  check(plugin, exported, `the default export of ${where}`);
  // As it is: zod's copy would have lost the methods of a class.
  return exported as Plugin;
}

/** What an engine's `createEngine` gave. */
export function checkEngine(created: unknown, where: string): Engine {
  check(engine, created, `what createEngine of ${where} gave`);
  return created as Engine;
}

/** What a plugin's `createSystemUnderTest` gave. */
export function checkSystem(created: unknown, where: string): ClosableSystemUnderTest {
  check(system, created, `what createSystemUnderTest of ${where} gave`);
  return created as ClosableSystemUnderTest;
}

function checkVersion(exported: unknown, where: string): void {
  if (typeof exported !== 'object' || exported === null || !('interfaceVersion' in exported)) {
    const found = exported === null ? 'null' : typeof exported;
    const what = found === 'object' ? 'an object without interfaceVersion' : found;
    throw new LoadGenError('SUT_PLUGIN', `the default export of ${where} is ${what}, expected a plugin`);
  }
  const { interfaceVersion: wanted } = exported;
  if (wanted === INTERFACE_VERSION) return;
  if (typeof wanted === 'number' && Number.isInteger(wanted) && wanted > INTERFACE_VERSION) {
    throw new LoadGenError(
      'SUT_PLUGIN_VERSION',
      `${where} wants interface version ${wanted}, this loadgen has ${INTERFACE_VERSION}`,
      { hint: 'Update sphereface-loadgen.' },
    );
  }
  throw new LoadGenError(
    'SUT_PLUGIN_VERSION',
    `${where} has the interfaceVersion ${JSON.stringify(wanted) ?? typeof wanted}, expected ${INTERFACE_VERSION}`,
  );
}

function check(schema: z.ZodType, found: unknown, what: string): void {
  const { error } = schema.safeParse(found);
  if (error === undefined) return;
  const faults = error.issues.map(({ path, message }) => `${path.length === 0 ? '' : `${path.join('.')}: `}${message}`);
  throw new LoadGenError('SUT_PLUGIN', `${what} is not as expected:\n  ${faults.join('\n  ')}`);
}
