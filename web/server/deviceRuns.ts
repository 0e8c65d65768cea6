/** The runs of devices: those that come, and those that were there. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../../base/errors.js';
import { decodeJson, printable } from '../../base/text.js';
import { readRun } from '../../reports/figures/measureRun.js';
import { readRunJson } from '../../runs/runJson.js';
import { RequestFault } from '../../sut/serve/requestFault.js';
import type { DeviceResult } from '../shared/deviceResult.js';
import { type Device, deviceSchema } from '../shared/upload.js';
import { receiveRun } from './receiveRun.js';
import type { RunKeeper } from './runKeeper.js';
import { shownRun } from './shownRun.js';

/** Of earlier runs, so many are looked at, the latest first; and so many are shown. */
const MAX_LOOKED_AT = 1000;
const MAX_EARLIER = 20;

export interface DeviceRuns {
  /** Latest first. */
  readonly results: readonly DeviceResult[];
  /** Takes what a page says of its device. */
  greet(body: Uint8Array): Device;
  /** Takes what a page has measured; see `receiveRun`. */
  take(body: Uint8Array): Promise<DeviceResult>;
}

export async function openDeviceRuns(keeper: RunKeeper): Promise<DeviceRuns> {
  const results = await readEarlierRuns(keeper.outputFolder);
  return {
    results,
    greet: parseDevice,
    async take(body) {
      const result = shownRun(await receiveRun(body, keeper));
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
    if (run !== undefined) results.push(shownRun(run));
  }
  return results;
}

function parseDevice(body: Uint8Array): Device {
  try {
    return deviceSchema.parse(decodeJson(new TextDecoder('utf-8', { fatal: true }).decode(body)));
  } catch (thrown) {
    throw new RequestFault(`not a device: ${printable(messageOf(thrown), 100)}`);
  }
}
