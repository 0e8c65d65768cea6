/** What a page shows of a run, its own or another device's. */

export interface ShownFigure {
  readonly name: string;
  readonly unit: 'ns' | 'samples/s' | 'correct share';
  readonly value: number;
  readonly interval: readonly [number, number] | null;
}

export interface ShownTest {
  readonly scenario: string;
  readonly kind: 'performance' | 'accuracy';
  readonly isValid: boolean;
  readonly invalidReasons: readonly string[];
  readonly warnings: readonly string[];
  readonly figures: readonly ShownFigure[];
  readonly accuracy: { readonly correct: number; readonly pairs: number } | null;
}

export interface DeviceResult {
  /** The name of the folder that its logs are kept in. */
  readonly folder: string;
  readonly device: string;
  readonly browser: string;
  readonly platform: string;
  readonly engine: string;
  readonly precision: string;
  readonly threads: string;
  readonly tests: readonly ShownTest[];
}
