import { duelSubject } from '../compare/subject.js';
import { hasColor } from '../terminalColor.js';

/** @throws DUEL_JSON */
export async function printDuel(folder: string, json: boolean): Promise<void> {
  const { document, table } = await duelSubject(folder);
  if (json) console.log(JSON.stringify(document, undefined, 2));
  else console.log(table({ color: hasColor(process.stdout) }));
}
