/** A reporter of Node's test runner that prints nothing: it tells the process that started this one what happens. */
import type { TestEvent } from 'node:test/reporters';
import { tell } from './news.js';

const COUNT = /^(pass|fail|cancelled|skipped) (\d+)$/;

export default async function* newsReporter(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const { type, data } of events) {
    if (type === 'test:dequeue') tell({ news: 'start', test: data.name });
    if (type === 'test:fail') tellFailure(data.name, data.details.error);
    if (type === 'test:complete' && data.nesting === 0) {
      tell({ news: 'end', test: data.name, ms: data.details.duration_ms });
    }
    if (type === 'test:diagnostic') {
      const [, what = '', count] = COUNT.exec(data.message) ?? [];
      if (count !== undefined) tell({ news: 'count', what, count: Number(count) });
    }
    yield '';
  }
}

function tellFailure(test: string, { message, failureType }: Error & { failureType?: string }): void {
  if (failureType !== 'subtestsFailed') tell({ news: 'failure', test, message });
}
