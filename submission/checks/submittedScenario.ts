import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestScenario } from '../../loadgen/settings/testSettings.js';
import { ACCURACY_LOG_NAME } from '../../logs/accuracy/read.js';
import { MAX_SHORTENED_LOG_BYTES } from '../../logs/accuracy/shortened.js';
import { readBoundedText } from '../../platform/node/files.js';
import { readJsonFile } from '../../platform/node/jsonFile.js';
import { ACCURACY_TEXT } from '../../runs/layout.js';
import { auditsOf } from '../audits/audits.js';
import { type Finding, newFinding } from '../finding.js';
import { measurementsSchema } from '../measurements.js';
import { accuracyLogs, MEASUREMENTS } from '../scenarioLayout.js';
import { modelFolder, type ResultLocation, type TreeEntry } from '../tree.js';
import { isTruncated } from '../truncateAccuracyLog.js';
import { MAX_ACCURACY_TEXT_BYTES } from './accuracyRun.js';
import { type CheckedScenario, checkScenarioRuns } from './scenarioRuns.js';
import { missingFiles } from './treeFiles.js';

/** One scenario of a submission: its tests, and what lies beside them. */
export async function checkSubmittedScenario(
  tree: string,
  entries: ReadonlyMap<string, TreeEntry>,
  location: ResultLocation,
  test: { network: string; scenario: TestScenario },
): Promise<CheckedScenario> {
  const { division } = location;
  const folder = `${modelFolder(location, test.network)}/${test.scenario}`;
  const missing = missingFiles(folder, division, entries);
  // A link would lead out of the tree, a special file may never end. Both are already findings.
  const hasOthers = [...entries].some(([path, { kind }]) => kind === 'other' && path.startsWith(`${folder}/`));
  if (hasOthers) return { findings: missing, identity: undefined };
  const isThere = (path: string) => entries.get(path)?.kind === 'file';
  const runs = await checkScenarioRuns({ path: join(tree, folder), shown: folder }, { division, ...test });
  const findings = [...missing, ...withoutRepeated(runs.findings, missing)];
  for (const { folder: place } of accuracyLogs(auditsOf(division))) {
    const [log, text] = [`${folder}/${place}/${ACCURACY_LOG_NAME}`, `${folder}/${place}/${ACCURACY_TEXT}`];
    if (isThere(log) && isThere(text)) findings.push(...(await checkTruncated(tree, log, text, entries)));
  }
  if (isThere(`${folder}/${MEASUREMENTS}`)) {
    findings.push(...(await checkMeasurements(tree, `${folder}/${MEASUREMENTS}`, runs.identity?.precision)));
  }
  return { findings, identity: runs.identity };
}

/** A missing file is one finding, however many checks would read it. */
function withoutRepeated(findings: readonly Finding[], missing: readonly Finding[]): Finding[] {
  const files = missing.map(({ file }) => file);
  return findings.filter(({ file }) => !files.some((path) => path === file || path.startsWith(`${file}/`)));
}

const HASH_LINE = /^hash=(.*)$/;

async function checkTruncated(
  tree: string,
  log: string,
  text: string,
  entries: ReadonlyMap<string, TreeEntry>,
): Promise<Finding[]> {
  const bytes = entries.get(log)?.bytes ?? 0;
  if (bytes > MAX_SHORTENED_LOG_BYTES) {
    const expected = `at most ${MAX_SHORTENED_LOG_BYTES}: both ends of it`;
    return [newFinding(log, `${bytes} bytes`, expected)];
  }
  const read = await readBoundedText(join(tree, text), MAX_ACCURACY_TEXT_BYTES);
  // Already a finding.
  if ('fault' in read) return [];
  const lines = read.text.split(/\r?\n/);
  const hashes = lines.flatMap((line) => HASH_LINE.exec(line)?.[1] ?? []);
  const [hash = ''] = hashes;
  if (hashes.length !== 1 || !/^[0-9a-f]{64}$/.test(hash)) {
    const found = hashes.length === 1 ? 'another text' : `${hashes.length} lines with it`;
    return [newFinding(text, found, 'one line with the SHA-256 of the complete log', { key: 'hash' })];
  }
  const content = await readFile(join(tree, log));
  // Other line ends are a finding of the tree.
  const asWritten = Buffer.from(content.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
  if (isTruncated(asWritten, hash)) return [];
  const expected = `both ends of the log that ${ACCURACY_TEXT} has the digest of`;
  return [newFinding(log, 'other bytes', expected)];
}

async function checkMeasurements(tree: string, file: string, precision: string | undefined): Promise<Finding[]> {
  const read = await readJsonFile(join(tree, file), measurementsSchema);
  if ('fault' in read) return [newFinding(file, read.fault, 'its five keys, all texts')];
  const findings: Finding[] = [];
  for (const [key, value] of Object.entries(read.content)) {
    if (value.trim() === '') findings.push(newFinding(file, 'nothing', 'a value', { key }));
  }
  const { weight_data_types: found } = read.content;
  if (precision !== undefined && found.trim() !== '' && found !== precision) {
    findings.push(newFinding(file, found, `${precision}, as in the logs`, { key: 'weight_data_types' }));
  }
  return findings;
}
