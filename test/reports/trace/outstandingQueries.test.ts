import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { OutstandingQueries } from '../../../reports/trace/outstandingQueries.js';

const queries = fc.array(
  fc.record({ issuedNs: fc.nat(50), durationNs: fc.nat(30), others: fc.array(fc.nat(30), { maxLength: 3 }) }),
  { maxLength: 20 },
);

test('the count after each time is that of the queries issued by then and not yet answered', () => {
  fc.assert(
    fc.property(queries, (made) => {
      const outstanding = new OutstandingQueries(made.length);
      for (const [query, { issuedNs, durationNs, others }] of made.entries())
        for (const ns of [durationNs, ...others]) outstanding.add(query, issuedNs, issuedNs + ns);
      const counts = [...outstanding.counts()];
      assert.equal(counts.length, 2 * made.length);
      for (const [index, { timeNs, count }] of counts.entries()) {
        assert.ok(count >= 0);
        const next = counts[index + 1];
        assert.ok(next === undefined || next.timeNs >= timeNs);
        if (next?.timeNs === timeNs) continue;
        const underWay = made.filter(
          ({ issuedNs, durationNs, others }) =>
            issuedNs <= timeNs && issuedNs + Math.max(durationNs, ...others) > timeNs,
        );
        assert.equal(count, underWay.length);
      }
    }),
  );
});
