import { printable } from '../../base/text.js';
import { markup } from '../html/markup.js';
import type { Gate, GateResult } from './gateSchema.js';
import { changeText } from './gateText.js';

/** JUnit XML, as servers for continuous integration read it: a test case for each result of the gate. */
export function junitXml({ results }: Gate): string {
  const count = (outcomes: readonly GateResult['outcome'][]) =>
    results.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const counts = markup`tests="${results.length}" failures="${count(['exceeded'])}" errors="0" skipped="${count(['cannot tell'])}"`;
  const suite = markup`<testsuite name="loadgen compare" ${counts}>
${results.map(testCase)}</testsuite>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ${counts.text}>\n${suite.text}\n</testsuites>\n`;
}

function testCase(result: GateResult) {
  const text = printable(changeText(result));
  const name = printable(`${result.threshold} (${result.scenario}, ${result.name})`);
  return markup`<testcase classname="loadgen.compare" name="${name}" time="0">${content(result.outcome, text)}</testcase>
`;
}

function content(outcome: GateResult['outcome'], text: string) {
  switch (outcome) {
    case 'exceeded':
      return markup`<failure type="threshold" message="${text}">${text}</failure>`;
    case 'cannot tell':
      return markup`<skipped message="${text}"/>`;
    default:
      return markup`<system-out>${text}</system-out>`;
  }
}
