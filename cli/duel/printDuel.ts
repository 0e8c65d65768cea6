import pc from 'picocolors';
import { duelSubject } from '../compare/subject.js';

/** @throws DUEL_JSON */
export async function printDuel(folder: string, json: boolean): Promise<void> {
  const { document, table } = await duelSubject(folder);
  if (json) console.log(JSON.stringify(document, undefined, 2));
  else console.log(table({ color: process.stdout.isTTY === true && pc.isColorSupported }));
}
