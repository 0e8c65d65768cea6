import { defaultTestSettings, type TestSettings } from '../../loadgen/settings/testSettings.js';

/** Test settings as JSON holds them: seeds, which a double cannot hold, as texts. */
export type PlainSettings = Readonly<Record<string, string | number | boolean>>;

export function toPlainSettings(settings: TestSettings): PlainSettings {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [name, typeof value === 'bigint' ? String(value) : value]),
  );
}

export function fromPlainSettings(plain: PlainSettings): TestSettings {
  const settings = defaultTestSettings();
  for (const [name, known] of Object.entries(settings)) {
    const value = plain[name];
    if (value !== undefined) Object.assign(settings, { [name]: typeof known === 'bigint' ? BigInt(value) : value });
  }
  return settings;
}
