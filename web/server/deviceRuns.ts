/** The runs of devices: those that come, and those that were there. */
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { messageOf } from '../../base/errors.js';
import { decodeJson, printable } from '../../base/text.js';
import { RequestFault } from '../../platform/node/httpServer.js';
import { type MeasuredRun, readRun } from '../../reports/figures/measureRun.js';
import { readRunJson } from '../../runs/runJson.js';
import type { DeviceResult } from '../shared/deviceResult.js';
import { type Notice, noticeSchema } from '../shared/notice.js';
import { shownRun } from '../shared/shownRun.js';
import { type RunKeeper, receiveRun } from './receiveRun.js';

/** Of earlier runs, so many are looked at, the latest first; and so many are shown. */
const MAX_LOOKED_AT = 1000;
const MAX_EARLIER = 20;

export interface DeviceRuns {
  /** Latest first. */
  readonly results: readonly DeviceResult[];
  /** Reads what a page says of itself; @throws RequestFault if it is no notice. */
  read(body: Uint8Array): Notice;
  /** Takes what a page has measured; see `receiveRun`. */
  take(body: Uint8Array): Promise<DeviceResult>;
}

export async function openDeviceRuns(keeper: RunKeeper): Promise<DeviceRuns> {
  const results = await readEarlierRuns(keeper.outputFolder);
  return {
    results,
    read: parseNotice,
    async take(body) {
      const result = shown(await receiveRun(body, keeper));
      results.unshift(result);
      return result;
    },
  };
}

/** Folders that hold no run of a device, or a damaged one, are left out. */
async function readEarlierRuns(outputFolder: string): Promise<DeviceResult[]> {
  const names = await readdir(outputFolder).catch((): string[] => []);
  const results: DeviceResult[] = [];
  for (const name of names.toSorted().toReversed().slice(0, MAX_LOOKED_AT)) {
    if (results.length === MAX_EARLIER) break;
    const folder = join(outputFolder, name);
    const json = await readRunJson(folder).catch(() => undefined);
    if (json?.system.browser === undefined) continue;
    const run = await readRun(folder).catch(() => undefined);
    if (run !== undefined) results.push(shown(run));
  }
  return results;
}

function shown({ run, tests }: MeasuredRun): DeviceResult {
  return shownRun(basename(run.folder), run.system, tests);
}

function parseNotice(body: Uint8Array): Notice {
  try {
    return noticeSchema.parse(decodeJson(new TextDecoder('utf-8', { fatal: true }).decode(body)));
  } catch (thrown) {
    throw new RequestFault(`not a notice: ${printable(messageOf(thrown), 100)}`);
  }
}
