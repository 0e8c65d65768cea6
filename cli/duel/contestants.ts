import { basename, isAbsolute, sep } from 'node:path';
import { didYouMean } from '../../base/closestName.js';
import { LoadGenError } from '../../base/errors.js';
import { PRECISIONS } from '../../sut/engine.js';
import { isRemoteName, remoteNamed } from '../../sut/remote/remoteName.js';
import { TARGET_OPTIONS, type TargetOptions } from '../../sut/targets.js';
import type { SystemArguments } from '../systemOptions.js';

/** What a contestant's text says. */
export type ContestantChoice = Pick<
  SystemArguments,
  'sut' | 'model' | 'precision' | 'workers' | 'threads' | 'batch' | 'python' | keyof TargetOptions
>;

const COUNTS = ['workers', 'threads', 'batch'] as const;
const OPTIONS = ['precision', 'model', 'python', ...TARGET_OPTIONS, ...COUNTS] as const;
type OptionName = (typeof OPTIONS)[number];

/**
 * `onnxruntime,precision=int8,threads=2`. In a server's address, a comma is written `%2C`.
 *
 * @throws DUEL_CONTESTANT if it cannot be read
 */
export function parseContestant(text: string): ContestantChoice {
  const [sut = '', ...settings] = text.split(',').map((part) => part.trim());
  if (sut === '' || (sut.includes('=') && !isRemoteName(sut))) throw contestantError(text, 'it begins with no system');
  const options = new Map<OptionName, string>();
  for (const setting of settings) {
    const [key = '', ...rest] = setting.split('=');
    const name = OPTIONS.find((option) => option === key);
    const value = rest.join('=');
    if (name === undefined) throw contestantError(text, `"${key}" is no option of it${didYouMean(key, OPTIONS)}`);
    if (value === '') throw contestantError(text, `${key} has no value`);
    if (options.has(name)) throw contestantError(text, `${key} is given more than once`);
    options.set(name, value);
  }
  const countOf = (name: (typeof COUNTS)[number]) => parseCount(text, name, options.get(name));
  return {
    sut,
    model: options.get('model'),
    python: options.get('python'),
    device: options.get('device'),
    provider: options.get('provider'),
    precision: parsePrecision(text, options.get('precision')),
    ...{ workers: countOf('workers'), threads: countOf('threads'), batch: countOf('batch') },
  };
}

/**
 * What tables call the contestants: as typed, without the folders of paths, which may name the owner of the machine;
 * numbered where two are the same.
 *
 * @param names what each system calls itself; as typed where it has not been created
 */
export function contestantNames(
  choices: readonly ContestantChoice[],
  names: readonly (string | undefined)[],
): string[] {
  const texts = choices.map((choice, index) => contestantText(choice, names[index] ?? shortName(choice.sut)));
  return texts.map((text, index) => {
    const earlier = texts.slice(0, index).filter((other) => other === text).length;
    return texts.indexOf(text) === texts.lastIndexOf(text) ? text : `${text} (${earlier + 1})`;
  });
}

/** `2-onnxruntime-precision-int8` */
export function contestantFolder(index: number, name: string): string {
  return `${index + 1}-${name.replaceAll(/[^\p{L}\p{N}._]+/gu, '-').replaceAll(/^[-.]+|-+$/g, '')}`.slice(0, 80);
}

function contestantText({ model, precision, device, provider, ...counts }: ContestantChoice, name: string): string {
  const { workers, threads, batch } = counts;
  const file = model === undefined ? undefined : basename(model);
  const settings = { precision, device, provider, model: file, workers, threads, batch };
  const given = Object.entries(settings).filter(([, value]) => value !== undefined);
  return [name, ...given.map(([key, value]) => `${key}=${value}`)].join(',');
}

function shortName(sut: string): string {
  if (isRemoteName(sut)) return remoteNamed(sut)?.model ?? sut;
  return isAbsolute(sut) || sut.startsWith('.') || sut.includes(sep) ? basename(sut) : sut;
}

function parseCount(text: string, name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (!/^\d{1,6}$/.test(value)) throw contestantError(text, `${name} is "${value}", expected a whole number`);
  return Number(value);
}

function parsePrecision(text: string, value: string | undefined): ContestantChoice['precision'] {
  const precision = PRECISIONS.find((known) => known === value);
  if (value === undefined || precision !== undefined) return precision;
  throw contestantError(
    text,
    `precision is "${value}", expected ${PRECISIONS.join(', ')}${didYouMean(value, PRECISIONS)}`,
  );
}

function contestantError(text: string, fault: string): LoadGenError {
  return new LoadGenError('DUEL_CONTESTANT', `the contestant "${text}" cannot be read: ${fault}`, {
    hint: `Write a system and its options without blanks, as in onnxruntime,precision=int8,threads=2. Options: ${OPTIONS.join(', ')}.`,
  });
}
