import { z } from 'zod';
import { NOT_APPLICABLE, SYSTEM_KEYS } from './systemKeys.js';
import type { ResultLocation } from './tree.js';

/** Values of a system description that the machine itself tells; one that it does not tell is absent. */
export type MachineFacts = Readonly<Partial<Record<string, string>>>;

export type SystemDescription = Readonly<Record<string, string>>;

/** Our engines compute on the processor; who has a system of another kind writes what it is. */
const WITHOUT_ACCELERATOR: MachineFacts = {
  accelerators_per_node: '0',
  ...Object.fromEntries(
    [
      'model_name',
      'memory_capacity',
      'memory_configuration',
      'host_interconnect',
      'interconnect',
      'interconnect_topology',
      'frequency',
      'on-chip_memories',
    ].map((name) => [`accelerator_${name}`, NOT_APPLICABLE]),
  ),
};

/** `add` says what computed. */
const FILLED_BY_RUN = 'framework';

/** Every key, in its order; what nobody knows yet is empty. */
export function describeSystem(location: ResultLocation, machine: MachineFacts): SystemDescription {
  const known: MachineFacts = {
    ...WITHOUT_ACCELERATOR,
    ...machine,
    division: location.division,
    submitter: location.submitter,
    system_name: location.system,
    system_type: 'edge',
    number_of_nodes: '1',
  };
  return Object.fromEntries(Object.keys(SYSTEM_KEYS).map((key) => [key, known[key] ?? '']));
}

/** The keys that a person has to give a value, with what is expected of each. */
export function openKeys(description: SystemDescription): { key: string; expected: string }[] {
  return Object.entries(SYSTEM_KEYS)
    .filter(([key, { required }]) => required && key !== FILLED_BY_RUN && (description[key] ?? '').trim() === '')
    .map(([key, { expected }]) => ({ key, expected }));
}

/** As it is read: a value may be wrong, but all are texts. */
export const systemDescriptionSchema = z.record(z.string(), z.string());
