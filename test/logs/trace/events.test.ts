import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseTraceEvent } from '../../../logs/trace/events.js';
import { EMPTY, runTest } from '../../loadgen/testRun.js';
import { officialSample } from '../../reports/trace/officialTrace.js';

/** In another layout, which the quick pattern does not match. */
const relaid = (line: string) => line.replaceAll('":', '": ');

const sample = fc.record({
  sample: fc.nat(),
  query: fc.nat(),
  index: fc.nat(),
  dueNs: fc.nat({ max: 2 ** 50 }),
  issueStartNs: fc.integer({ min: -1000 }),
  completeNs: fc.nat({ max: 2 ** 49 }),
});

test('a sample is the same in the usual layout and in any other', () =>
  fc.assert(
    fc.property(sample, (made) => {
      const [line = ''] = officialSample(made).split('\n');
      const { sample, query, index: sampleIndex, dueNs, issueStartNs: issueDelayNs, completeNs: latencyNs } = made;
      const expected = { kind: 'sample', sample, query, sampleIndex, dueNs, issueDelayNs, latencyNs };
      for (const text of [line, `${line}\r`, line.slice(0, -1), relaid(line)])
        assert.deepEqual(parseTraceEvent(text), expected);
    }),
  ));

test('each line that this program writes is one event, the same in any layout', async () => {
  const { logs } = await runTest({
    settings: { scenario: 'Server', serverTargetQps: 100, minQueryCount: 5 },
    issueQuery: (samples, responder) => responder.querySamplesComplete(samples.map(({ id }) => ({ id, data: EMPTY }))),
  });
  const lines = logs.trace.split('\n').slice(1, logs.trace.split('\n').indexOf('],'));
  assert.ok(lines.length > 10);
  for (const line of lines) {
    const event = parseTraceEvent(line);
    assert.notEqual(event, undefined);
    assert.deepEqual(parseTraceEvent(relaid(line)), event);
  }
});

for (const line of [
  '',
  '[]',
  '{"name":1}',
  '{"name":"Sample","ph":"b"}',
  '{"name":"x","ph":"X","ts":1}',
  '{"name":"x"}}',
])
  test(`refuses ${line}`, () => assert.equal(parseTraceEvent(line), undefined));
