import assert from 'node:assert/strict';
import { messageOf } from '../../base/errors.js';
import { howToKeep } from '../../testing/howToKeep.js';
import type { ContractCase } from '../../testing/index.js';

/**
 * Starts all cases at once, which is to make no difference; returns the names of those that fail. Each says which rule
 * is broken, and how to keep it.
 */
export async function failingCases(cases: readonly ContractCase[]): Promise<string[]> {
  const failing: string[] = [];
  const messages: string[] = [];
  const run = async (one: ContractCase) => {
    await one.run().catch((thrown: unknown) => {
      failing.push(one.name);
      messages.push(messageOf(thrown));
    });
  };
  await Promise.all(cases.map(run));
  for (const { name } of cases) assert.ok(howToKeep(name) !== '', name);
  for (const [index, name] of failing.entries()) {
    const message = messages[index] ?? '';
    assert.ok(message.startsWith(`The rule "${name}" is broken: `) && message.endsWith(howToKeep(name)), message);
  }
  return failing;
}
