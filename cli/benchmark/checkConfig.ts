/** What the LoadGen accepts in config files, as the official one does, although nobody means it. */
import { didYouMean } from '../../base/closestName.js';
import { LoadGenError } from '../../base/errors.js';
import type { TestSettings } from '../../loadgen/index.js';
import { type ConfigFile, type ConfigLine, configLines, keysFor } from '../../loadgen/settings/configFile.js';

type SourceLine = ConfigLine & { readonly path: string };

const BOUNDS = [
  ['max_duration', 'maxDurationMs', 'min_duration', 'minDurationMs'],
  ['max_query_count', 'maxQueryCount', 'min_query_count', 'minQueryCount'],
] as const;

/**
 * Checks config files after they have been applied, in their order.
 *
 * @returns notices of lines that are for other models
 * @throws CONFIG_INVALID if a percentile is a fraction, or a maximum is below its minimum
 */
export function checkConfig(settings: TestSettings, files: readonly ConfigFile[], model: string): string[] {
  const lines = files.flatMap((file) => configLines(file.text).map((line) => ({ ...line, path: file.path })));
  const faults = [...fractions(lines), ...crossedBounds(settings, lines, model)];
  if (faults.length > 0) throw new LoadGenError('CONFIG_INVALID', faults.join('\n'));
  return files.filter(({ kind }) => kind !== 'mlperf').flatMap((file) => otherModels(file, model));
}

function fractions(lines: readonly SourceLine[]): string[] {
  return lines
    .filter(({ name, value }) => name === 'target_latency_percentile' && Number(value) <= 1)
    .map((line) => {
      const meant = Number(line.value) < 1 ? Number((100 * Number(line.value)).toPrecision(6)) : 99;
      return `${textOf(line)}: found a percentile of ${line.value}, expected one such as ${meant} for ${meant} %`;
    });
}

function crossedBounds(settings: TestSettings, lines: readonly SourceLine[], model: string): string[] {
  const origin = (name: string) => {
    const keys = keysFor(model, settings.scenario, name);
    // The last file that has one, and in it the most specific key: its last line.
    const path = lines.findLast(({ key }) => keys.includes(key))?.path;
    const inFile = lines.filter((line) => line.path === path);
    const key = keys.find((one) => inFile.some((line) => line.key === one));
    return inFile.findLast((line) => line.key === key);
  };
  return BOUNDS.flatMap(([maxName, maxField, minName, minField]) => {
    const [maximum, minimum] = [settings[maxField], settings[minField]];
    if (maximum === 0 || maximum >= minimum) return [];
    const [ofMaximum, ofMinimum] = [origin(maxName), origin(minName)];
    const found = ofMaximum === undefined ? `${maxName} = ${maximum}` : textOf(ofMaximum);
    const from = ofMinimum === undefined ? `${minimum}, the default` : `${minimum} of ${placeOf(ofMinimum)}`;
    return [`${found}: found a maximum below the minimum, expected at least ${minName} = ${from}`];
  });
}

function otherModels(file: ConfigFile, model: string): string[] {
  const lines = configLines(file.text);
  const others = new Set(lines.map((line) => line.model).filter((name) => name !== '*' && name !== model));
  return [...others].map((name) => {
    const numbers = lines.filter((line) => line.model === name).map(({ line }) => line);
    const where = `${file.path}: line${numbers.length === 1 ? '' : 's'} ${numbers.join(', ')}`;
    const meant = model === '*' ? '' : didYouMean(name, [model]);
    return `${where}: settings for the model "${name}" have no effect, expected * or ${model}${meant}`;
  });
}

function textOf(line: SourceLine): string {
  return `${placeOf(line)}: ${line.key} = ${line.value}`;
}

function placeOf({ path, line }: SourceLine): string {
  return `${path}: line ${line}`;
}
