import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { addRun } from '../../submission/addRun.js';
import { initSubmission } from '../../submission/initSubmission.js';
import type { Division } from '../../submission/names.js';
import { openKeys } from '../../submission/systemDescription.js';
import { sharedFolder } from '../sharedFolder.js';
import { MACHINE, ORGANIZATION } from './organization.js';
import { type VirtualRunOptions, virtualRun } from './virtualRun.js';

const folder = sharedFolder('submission-test');

export function newFolder(): string {
  return mkdtempSync(join(folder, 'of-'));
}

/** A run's folder with everything in it. */
export async function newRun(options: VirtualRunOptions = {}): Promise<string> {
  const run = newFolder();
  await virtualRun(run, options);
  return run;
}

/** A tree that can be submitted. */
export async function newTree(division: Division, runFolder: string): Promise<string> {
  const tree = join(newFolder(), 'tree');
  await initSubmission({ tree, division, ...ORGANIZATION, machine: MACHINE });
  await addRun({ tree, runFolder, privateNames: [] });
  return tree;
}

export function editText(file: string, edit: (text: string) => string): void {
  const text = readFileSync(file, 'utf8');
  const edited = edit(text);
  if (edited === text) throw new Error(`the edit changed nothing in ${file}`);
  writeFileSync(file, edited);
}

export function editJson(file: string, changes: Readonly<Record<string, string | number | undefined>>): void {
  const content = z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(file, 'utf8')));
  writeFileSync(file, JSON.stringify({ ...content, ...changes }, undefined, 2));
}

/** Completes the description that `submission init` began, as a person does: what a machine tells of itself differs. */
export function fillIn(systemDescription: string): void {
  const texts = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(systemDescription, 'utf8')));
  const values = openKeys(texts).map(({ key }) => [key, /_per_node$|_count$/.test(key) ? '1' : 'as it is']);
  editJson(systemDescription, { ...Object.fromEntries(values), status: 'available' });
}
