import { existsSync } from 'node:fs';
import { join } from 'node:path';
import pc from 'picocolors';
import { duelTable } from '../../reports/duel/duelTable.js';
import { judgeDuel } from '../../reports/duel/judgeDuel.js';
import { readDuelJson } from '../../runs/duelJson.js';
import { DUEL_JSON } from '../../runs/layout.js';

export function isDuel(folder: string): boolean {
  return existsSync(join(folder, DUEL_JSON));
}

/** @throws DUEL_JSON */
export async function printDuel(folder: string, json: boolean): Promise<void> {
  const result = judgeDuel(await readDuelJson(folder));
  if (json) console.log(JSON.stringify(result, undefined, 2));
  else
    console.log(
      `${duelTable(result, { color: process.stdout.isTTY === true && pc.isColorSupported })}\nMeasured: ${folder}`,
    );
}
