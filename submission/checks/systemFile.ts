import { join } from 'node:path';
import { z } from 'zod';
import { printable } from '../../base/text.js';
import { readJsonFile } from '../../platform/node/jsonFile.js';
import { type Finding, newFinding } from '../finding.js';
import { STATUSES, SYSTEM_KEYS } from '../systemKeys.js';
import { type ResultLocation, systemFile } from '../tree.js';

const NUMBERS = ['number_of_nodes', 'host_processors_per_node', 'host_processor_core_count', 'accelerators_per_node'];
/** What people write where they mean to fill something in later. */
const PLACEHOLDER =
  /^(?:\?+|-+|\.+|<.*>|x{2,}|n\.n\.|tb[ad]|todo|to ?do|fix ?me|unknown|to be .*|fill.*in.*|placeholder.*)$/i;

/** A system description: every key, values where they are needed, and those that say where it lies. */
export async function checkSystemFile(tree: string, location: ResultLocation): Promise<Finding[]> {
  const file = systemFile(location);
  const read = await readJsonFile(join(tree, file), z.record(z.string(), z.unknown()));
  if ('fault' in read) return [newFinding(file, read.fault, 'an object of texts')];
  const description = read.content;
  const faults = Object.entries(SYSTEM_KEYS).flatMap(([key, { required, expected }]) => {
    const found = Object.hasOwn(description, key) ? faultOfValue(key, description[key], required) : 'no such key';
    return found === undefined ? [] : [{ key, found, expected }];
  });
  const unknown = Object.keys(description).filter((key) => !Object.hasOwn(SYSTEM_KEYS, key));
  faults.push(...unknown.map((key) => ({ key, found: 'an unknown key', expected: 'the keys of the rules only' })));
  const choices = {
    division: [location.division],
    submitter: [location.submitter],
    status: STATUSES,
    system_type: ['edge'],
  };
  for (const [key, allowed] of Object.entries<readonly string[]>(choices)) {
    const value = textOf(description[key]);
    if (value === undefined || value === '' || allowed.includes(value)) continue;
    faults.push({ key, found: `"${value}"`, expected: `"${allowed.join('" or "')}"` });
  }
  return faults.map(({ key, found, expected }) =>
    newFinding(file, printable(found, 80), expected, { key: printable(key, 80) }),
  );
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value.trim() : undefined;
}

function faultOfValue(key: string, found: unknown, required: boolean): string | undefined {
  const value = textOf(found);
  if (value === undefined) return `${JSON.stringify(found)}, which is no text in quotes`;
  if (value === '') return required ? 'nothing' : undefined;
  return PLACEHOLDER.test(value) || (NUMBERS.includes(key) && !/^\d{1,6}$/.test(value)) ? `"${value}"` : undefined;
}
