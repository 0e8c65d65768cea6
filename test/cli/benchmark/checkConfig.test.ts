import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkConfig } from '../../../cli/benchmark/checkConfig.js';
import { applyConfigFile, type ConfigFile, defaultTestSettings } from '../../../loadgen/index.js';

const MLPERF: ConfigFile = { path: 'mlperf.conf', kind: 'mlperf', text: '*.*.min_duration = 5000\nother.*.mode = 0\n' };

function check(text: string): string[] {
  const settings = { ...defaultTestSettings(), scenario: 'Server' as const };
  const files: ConfigFile[] = [MLPERF, { path: 'user.conf', kind: 'user', text }];
  for (const file of files) applyConfigFile(settings, file, 'net');
  return checkConfig(settings, files, 'net');
}

const REFUSED: readonly [text: string, message: string][] = [
  [
    '\n*.Server.target_latency_percentile = 0.99',
    'user.conf: line 2: *.Server.target_latency_percentile = 0.99: found a percentile of 0.99, expected one such as 99 for 99 %',
  ],
  [
    '*.SingleStream.target_latency_percentile = 1',
    'user.conf: line 1: *.SingleStream.target_latency_percentile = 1: found a percentile of 1, expected one such as 99 for 99 %',
  ],
  [
    'net.Server.target_latency_percentile = 0.999',
    'user.conf: line 1: net.Server.target_latency_percentile = 0.999: found a percentile of 0.999, expected one such as 99.9 for 99.9 %',
  ],
  [
    '*.*.max_duration = 1000',
    'user.conf: line 1: *.*.max_duration = 1000: found a maximum below the minimum, expected at least min_duration = 5000 of mlperf.conf: line 1',
  ],
  [
    '*.*.max_duration = 9000\n*.*.min_duration = 1\n*.Server.min_duration = 9001',
    'user.conf: line 1: *.*.max_duration = 9000: found a maximum below the minimum, expected at least min_duration = 9001 of user.conf: line 3',
  ],
  [
    'net.Server.max_query_count = 10',
    'user.conf: line 1: net.Server.max_query_count = 10: found a maximum below the minimum, expected at least min_query_count = 100, the default',
  ],
];

for (const [text, message] of REFUSED) {
  test(`refused: ${JSON.stringify(text)}`, () => assert.throws(() => check(text), { code: 'CONFIG_INVALID', message }));
}

const NOTICED: readonly [text: string, notices: readonly string[]][] = [
  ['net.*.min_duration = 6000\n*.Server.target_latency_percentile = 99', []],
  ['*.*.max_duration = 5000\n*.*.max_query_count = 100', []],
  ['*.Offline.max_duration = 1', []],
  ['*.*.max_duration = 0', []],
  [
    'Net.*.min_duration = 1\nresnet50.*.min_duration = 1\nresnet50.Server.target_qps = 1\n',
    [
      'user.conf: line 1: settings for the model "Net" have no effect, expected * or net. Did you mean net?',
      'user.conf: lines 2, 3: settings for the model "resnet50" have no effect, expected * or net',
    ],
  ],
];

for (const [text, notices] of NOTICED) {
  test(`accepted, with ${notices.length} notices: ${JSON.stringify(text)}`, () =>
    assert.deepEqual(check(text), notices));
}
