import { readBoundedText } from '../../platform/node/files.js';
import { type Finding, newFinding } from '../finding.js';
import { privateFindings } from '../privateText.js';
import { MAX_FILE_BYTES } from '../scenarioLayout.js';

/** Published files are UTF-8 text and name nobody. A missing file is reported where it is needed. */
export async function checkText(path: string, shown: string, privateNames: readonly string[]): Promise<Finding[]> {
  const read = await readBoundedText(path, MAX_FILE_BYTES);
  if (!('fault' in read)) return privateFindings(shown, read.text, privateNames);
  if (read.fault === 'no such file') return [];
  return [newFinding(shown, read.fault, 'a text in UTF-8')];
}
