import { z } from 'zod';
import { LoadGenError, loadGenErrorOf, messageOf } from '../../base/errors.js';
import { printable, schemaFaults } from '../../base/text.js';
import type { ClosableSystemUnderTest } from '../closableSystemUnderTest.js';
import { type Engine, PRECISIONS } from '../engine.js';
import { INPUT_LAYOUTS } from '../inputLayout.js';
import { MODEL_FORMATS } from '../modelFormats.js';
import { INTERFACE_VERSION, type Plugin } from './plugin.js';

const aFunction = z.custom<(...given: unknown[]) => unknown>((value) => typeof value === 'function', 'not a function');
const namePattern = /^[A-Za-z0-9][\w.-]{0,63}$/;
export const aName = z
  .string()
  .regex(namePattern, 'not 1 to 64 letters, digits, ".", "-", "_", the first a letter or digit');

const plugin = z.discriminatedUnion(
  'kind',
  [
    z.object({
      interfaceVersion: z.literal(INTERFACE_VERSION),
      kind: z.literal('engine'),
      name: aName,
      formats: z.array(z.enum(MODEL_FORMATS)).nonempty('names no format'),
      precisions: z.array(z.enum(PRECISIONS)).nonempty('names no precision'),
      checkUsable: aFunction,
      listTargets: aFunction.optional(),
      createEngine: aFunction,
    }),
    z.object({
      interfaceVersion: z.literal(INTERFACE_VERSION),
      kind: z.literal('systemUnderTest'),
      name: aName,
      createSystemUnderTest: aFunction,
    }),
  ],
  "neither 'engine' nor 'systemUnderTest'",
);

const MAX_TEXT_LENGTH = 1000;
const MAX_CONFIGURATION_KEYS = 100;
export const aText = z.string().max(MAX_TEXT_LENGTH, `longer than ${MAX_TEXT_LENGTH} characters`);

const engine = z.object({
  name: aText,
  version: aText,
  precision: z.enum(PRECISIONS),
  threads: z.int().positive(),
  instructionSet: aText,
  inputLayout: z.enum(INPUT_LAYOUTS).optional(),
  device: aText.optional(),
  provider: aText.optional(),
  infer: aFunction,
  close: aFunction,
});

const system = z.object({
  name: aText.min(1),
  configuration: z
    .custom((value) => typeof value !== 'object' || Object.keys(value ?? {}).length <= MAX_CONFIGURATION_KEYS, {
      error: `more than ${MAX_CONFIGURATION_KEYS} keys`,
      abort: true,
    })
    .pipe(z.record(aText, z.union([aText, z.number(), z.boolean()]))),
  takeSamples: aFunction.optional(),
  issueQuery: aFunction,
  flushQueries: aFunction,
  close: aFunction,
});

/**
 * The plugin that a module exports. Its members are read once: getters may answer differently when they are read again.
 * `where` stands in errors.
 *
 * @throws SUT_PLUGIN_VERSION if it is written for another version of the interface
 * @throws SUT_PLUGIN with all other faults at once
 */
export function checkPlugin(exported: unknown, where: string): Plugin {
  return readingMembers(`the default export of ${where}`, () => {
    checkVersion(exported, where);
    return withMethodsOf(exported, check(plugin, exported, `the default export of ${where}`)) as Plugin;
  });
}

/** @throws SUT_PLUGIN unless it is what an engine's `createEngine` has to return */
export function checkEngine(created: unknown, where: string): Engine {
  const what = `what createEngine of ${where} returned`;
  return readingMembers(what, () => withMethodsOf(created, check(engine, created, what)) as Engine);
}

/** @throws SUT_PLUGIN unless it is what a plugin's `createSystemUnderTest` has to return */
export function checkSystem(created: unknown, where: string): ClosableSystemUnderTest {
  const what = `what createSystemUnderTest of ${where} returned`;
  return readingMembers(what, () => withMethodsOf(created, check(system, created, what)) as ClosableSystemUnderTest);
}

/** The members read, methods bound to their object: it may be an instance of a class. */
function withMethodsOf(owner: unknown, members: object): object {
  const bound = Object.entries(members).map(([key, value]) => [
    key,
    typeof value === 'function' ? value.bind(owner) : value,
  ]);
  return Object.fromEntries(bound);
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
  const found = typeof wanted === 'string' ? `"${printable(wanted, 60)}"` : messageOf(wanted);
  throw new LoadGenError(
    'SUT_PLUGIN_VERSION',
    `${where} has the interfaceVersion ${found}, expected ${INTERFACE_VERSION}`,
  );
}

function check<Members extends object>(schema: z.ZodType<Members>, found: unknown, what: string): Members {
  const { data, error } = schema.safeParse(found);
  if (error === undefined) return data;
  throw new LoadGenError('SUT_PLUGIN', `${what} is not as expected:\n  ${schemaFaults(error).join('\n  ')}`);
}

/** Members may be getters that throw, and an object may be a proxy that cannot be asked. */
function readingMembers<Result>(where: string, action: () => Result): Result {
  try {
    return action();
  } catch (thrown) {
    const error = loadGenErrorOf(thrown);
    if (error !== undefined) throw error;
    throw new LoadGenError('SUT_PLUGIN', `${where} cannot be read: ${messageOf(thrown)}`, { cause: thrown });
  }
}
