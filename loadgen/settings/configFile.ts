import { didYouMean } from '../../base/closestName.js';
import { LoadGenError } from '../../base/errors.js';
import { CONFIG_KEYS } from './configKeys.js';
import { defaultTestSettings, TEST_SCENARIOS, type TestScenario, type TestSettings } from './testSettings.js';

/** `mlperf` files may set seeds; `user` and `audit` files may not (the official LoadGen passes over them there). */
export type ConfigKind = 'mlperf' | 'user' | 'audit';

export interface ConfigFile {
  /** For messages. */
  readonly path: string;
  readonly kind: ConfigKind;
  readonly text: string;
}

/**
 * Applies the lines of a config file in the official format, `model.scenario.key = value`, to `settings`. Of several
 * lines for a key the most specific counts: `model.Scenario`, then `*.Scenario`, then `model.*`, then `*.*`. Call it
 * with `mlperf.conf` first: later files win.
 *
 * Returns what the user should know: keys set for this model that have no effect on it.
 * Throws `CONFIG_INVALID`, naming all faulty lines at once.
 */
export function applyConfigFile(settings: TestSettings, file: ConfigFile, model: string): string[] {
  const faults: string[] = [];
  const values = parseLines(file, settings.scenario, faults);
  if (faults.length > 0) {
    throw new LoadGenError('CONFIG_INVALID', `${file.path}:\n  ${faults.join('\n  ')}`, {
      hint: 'A line reads "model.Scenario.key = value", with spaces around "=" and numbers only; "*" stands for any model or scenario.',
    });
  }
  const notices: string[] = [];
  for (const [name, key] of Object.entries(CONFIG_KEYS)) {
    const value = lookUp(values, keysFor(model, key.scenario ?? settings.scenario, name));
    if (value === undefined) continue;
    key.apply(settings, value);
    if (key.withoutEffect) notices.push(`${file.path}: ${name} has no effect: only language models have tokens`);
  }
  return notices;
}

/** A line that sets something. */
export interface ConfigLine {
  /** Counted from 1. */
  readonly line: number;
  readonly key: string;
  readonly value: string;
  readonly model: string;
  readonly name: string;
}

/** The lines of a file that `applyConfigFile` accepts. */
export function configLines(text: string): ConfigLine[] {
  return text.split(/\r?\n/).flatMap((content, index) => {
    const [key = '', , value = ''] = content.trim().split(/\s+/);
    const parts = key.startsWith('#') ? undefined : partsOf(key);
    return parts === undefined ? [] : [{ line: index + 1, key, value, model: parts.model, name: parts.name }];
  });
}

/** The keys that set `name` for a model and scenario, the most specific first. */
export function keysFor(model: string, scenario: TestScenario, name: string): string[] {
  return [`${model}.${scenario}`, `*.${scenario}`, `${model}.*`, '*.*'].map((prefix) => `${prefix}.${name}`);
}

function lookUp(values: ReadonlyMap<string, string>, keys: readonly string[]): string | undefined {
  return keys.map((key) => values.get(key)).find((value) => value !== undefined);
}

/** The values by key. Every line is checked, also those for other models and scenarios. */
function parseLines(file: ConfigFile, runScenario: TestScenario, faults: string[]): Map<string, string> {
  const values = new Map<string, string>();
  for (const [index, text] of file.text.split(/\r?\n/).entries()) {
    const words = text.trim().split(/\s+/);
    const [key = '', , value = ''] = words;
    if (key === '' || key.startsWith('#')) continue;
    const fault = faultOfLine(words) ?? faultOfKey(key, file.kind) ?? faultOfValue(key, value, runScenario);
    if (fault === undefined) values.set(key, value);
    else faults.push(`line ${index + 1}: ${excerpt(text)}: ${fault}`);
  }
  return values;
}

function faultOfLine([, equals, value, ...more]: readonly string[]): string | undefined {
  if (equals !== '=' || value === undefined) return 'expected "key = value", with spaces around "="';
  if (more.length === 0) return undefined;
  return more[0]?.startsWith('#')
    ? 'a comment needs a line of its own: the official LoadGen would drop the whole file'
    : `expected one value, found ${1 + more.length}`;
}

function faultOfKey(key: string, kind: ConfigKind): string | undefined {
  const parts = partsOf(key);
  if (parts === undefined) return 'expected a key of three parts, "model.Scenario.key"';
  const { scenario, name } = parts;
  if (scenario !== '*' && !TEST_SCENARIOS.some((known) => known === scenario)) {
    return `unknown scenario "${scenario}", expected * or one of ${TEST_SCENARIOS.join(', ')}${didYouMean(scenario, TEST_SCENARIOS)}`;
  }
  const known = Object.hasOwn(CONFIG_KEYS, name) ? CONFIG_KEYS[name] : undefined;
  if (known === undefined) return `unknown key "${name}"${didYouMean(name, Object.keys(CONFIG_KEYS))}`;
  if (known.onlyInMlperfConf === true && kind !== 'mlperf') {
    return `"${name}" counts in mlperf.conf only: the official LoadGen would pass over it here`;
  }
  return undefined;
}

function faultOfValue(key: string, value: string, runScenario: TestScenario): string | undefined {
  const parts = partsOf(key);
  if (parts === undefined) return undefined;
  const scenario = TEST_SCENARIOS.find((known) => known === parts.scenario) ?? runScenario;
  return CONFIG_KEYS[parts.name]?.apply({ ...defaultTestSettings(), scenario }, value);
}

/** A model's name may contain dots ("llama3.1-8b"), the other parts do not. */
function partsOf(key: string): { model: string; scenario: string; name: string } | undefined {
  const [, model, scenario, name] = /^(.+)\.([^.]+)\.([^.]+)$/.exec(key) ?? [];
  return model === undefined || scenario === undefined || name === undefined ? undefined : { model, scenario, name };
}

function excerpt(text: string): string {
  const trimmed = text.trim();
  return trimmed.length <= 80 ? trimmed : `${trimmed.slice(0, 77)}...`;
}
