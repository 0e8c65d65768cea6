import { printable } from '../../base/text.js';
import type { SubmissionCheck } from '../../submission/checkSubmission.js';
import { type Finding, faultsIn } from '../../submission/finding.js';
import type { InitResult } from '../../submission/initSubmission.js';

/** What was made of a submission's tree, and what a person has to fill in. */
export function initText({ created, kept, open, systemFile }: InitResult): string {
  return [
    ...created.map((path) => `${path}: written`),
    ...kept.map((path) => `${path}: kept as it is`),
    ...(open.length === 0 ? [] : ['', `Fill in ${systemFile}:`]),
    ...open.map(({ key, expected }) => `  ${key}: ${expected}`),
  ].join('\n');
}

/** The findings for people, those of a file together. */
export function findingsList({ findings, results }: SubmissionCheck): string {
  const scenarios = results.map(({ division, submitter, system, network, scenario }) =>
    [division, submitter, system, network, scenario].join('/'),
  );
  const holds = scenarios.length === 0 ? 'No results.' : `Results:\n${scenarios.map((name) => `  ${name}`).join('\n')}`;
  if (findings.length === 0) return `${holds}\nNo findings.`;
  const files = new Map<string, string[]>();
  for (const finding of findings) {
    const lines = files.get(finding.file);
    if (lines === undefined) files.set(finding.file, [findingLines(finding)]);
    else lines.push(findingLines(finding));
  }
  const lists = [...files].map(([file, lines]) => `${printable(file)}\n${lines.join('\n')}`);
  const faults = faultsIn(findings).length;
  const count = findings.length === 1 ? '1 finding' : `${findings.length} findings`;
  const verdict =
    faults === 0 ? 'none of them a fault: this submission would be accepted' : 'this submission would not be accepted';
  return `${holds}\n\n${lists.join('\n\n')}\n\n${count}${faults === 0 ? ', ' : ': '}${verdict}.`;
}

function findingLines({ line, key, found, expected }: Finding): string {
  const where = [line === null ? '' : `line ${line}`, key ?? ''].filter((text) => text !== '').join(', ');
  return `${where === '' ? '' : `  ${where}\n`}    found     ${printable(found, 1000)}\n    expected  ${printable(expected, 1000)}`;
}
