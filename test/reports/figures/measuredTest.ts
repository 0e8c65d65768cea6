import type { MeasuredTest } from '../../../reports/figures/measureTest.js';
import type { TestRecord } from '../../../reports/figures/runRecord.js';

interface Measured extends Partial<TestRecord> {
  /** By name. */
  readonly figures?: Readonly<Record<string, number>>;
  readonly accuracy?: MeasuredTest['accuracy'];
}

/** A VALID SingleStream test unless it is said otherwise. */
export function measuredTest({ figures = {}, accuracy, ...record }: Measured): MeasuredTest {
  const { kind = 'performance', invalidReasons = [] } = record;
  return {
    test: {
      scenario: 'SingleStream',
      mode: kind === 'performance' ? 'PerformanceOnly' : 'AccuracyOnly',
      kind,
      folder: 'run',
      sutName: 'null',
      settings: {},
      configuration: {},
      data: {},
      loadgenVersion: '6.0.17',
      startedAt: null,
      validity: invalidReasons.length > 0 ? 'INVALID' : 'VALID',
      invalidReasons,
      errorMessages: [],
      remarks: [],
      latencies: null,
      ...record,
    },
    figures: Object.entries(figures).map(([name, value]) => ({
      name,
      unit: name === 'per second' ? 'samples/s' : 'ns',
      value,
      interval: undefined,
      noInterval: 'no latencies',
    })),
    accuracy,
  };
}
