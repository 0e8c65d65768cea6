import { readBoundedText } from '../../platform/node/boundedText.js';
import type { Finding } from '../finding.js';
import { privateFindings } from '../privateText.js';
import { MAX_FILE_BYTES } from '../scenarioLayout.js';

/** What is published is text, in UTF-8, and names nobody. That a file is missing is found where it is needed. */
export async function checkText(path: string, shown: string, privateNames: readonly string[]): Promise<Finding[]> {
  const read = await readBoundedText(path, MAX_FILE_BYTES);
  if (!('fault' in read)) return privateFindings(shown, read.text, privateNames);
  if (read.fault === 'no such file') return [];
  return [{ file: shown, line: null, key: null, found: read.fault, expected: 'a text in UTF-8' }];
}
