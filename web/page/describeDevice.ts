import Bowser from 'bowser';
import type { Device } from '../shared/upload.js';

/** Of Chromium alone, as the types of browsers do not have it. */
interface Chromium {
  readonly userAgentData?: {
    getHighEntropyValues(
      hints: readonly string[],
    ): Promise<{ readonly model?: string; readonly platformVersion?: string }>;
  };
  readonly deviceMemory?: number;
}

const MAX_LENGTH = 100;

/**
 * What the browser says of itself and of its device: what is needed to tell results apart, and nothing about a person.
 *
 * @param adapter of WebGPU
 */
export async function describeDevice(adapter: string | undefined): Promise<Device> {
  const { browser, os, platform } = Bowser.parse(navigator.userAgent);
  const { userAgentData, deviceMemory }: Chromium = navigator as Chromium;
  const hints = (await userAgentData?.getHighEntropyValues(['model', 'platformVersion']).catch(() => undefined)) ?? {};
  const osVersion = os.name === 'Android' ? majorOf(hints.platformVersion ?? os.version) : os.version;
  const system = [os.name ?? 'unknown system', os.versionName ?? osVersion ?? ''].join(' ').trim();
  const kind = KINDS[platform.type ?? ''] ?? 'computer';
  const name = hints.model || platform.model || `${os.name ?? 'unknown'} ${kind}`;
  return {
    name: cut(name),
    browser: cut([browser.name ?? 'unknown browser', majorOf(browser.version)].join(' ').trim()),
    platform: cut(system),
    logicalProcessors: navigator.hardwareConcurrency || 1,
    ...(deviceMemory === undefined ? {} : { memoryGb: deviceMemory }),
    ...(adapter === undefined ? {} : { adapter: cut(adapter) }),
    isolated: crossOriginIsolated,
  };
}

const KINDS: Readonly<Record<string, string>> = {
  mobile: 'phone',
  tablet: 'tablet',
  desktop: 'computer',
  tv: 'television',
};

function majorOf(version: string | undefined): string {
  return version?.split('.')[0] ?? '';
}

function cut(text: string): string {
  return text.slice(0, MAX_LENGTH);
}
