/** What the terminal says of devices. Their texts are printable. */
import { join } from 'node:path';
import { printable } from '../../base/text.js';
import { formatDurationNs, formatFigure } from '../../reports/humanUnits.js';
import { mainFigureName } from '../../reports/results/bestFront.js';
import type { DeviceResult, ShownTest } from '../../web/shared/deviceResult.js';
import type { Device } from '../../web/shared/upload.js';

export function arrivalText({ name, browser, platform }: Device): string {
  return printable(`${name} (${browser}, ${platform}) has opened the page.`);
}

/** A line for each test, then where its logs are. */
export function resultLines({ device, engine, tests, folder }: DeviceResult, output: string): string[] {
  const lines = tests.map((test) => `${device}, ${engine}: ${testText(test)}`);
  return [...lines, `Logs: ${join(output, folder ?? '')}`].map((line) => printable(line));
}

function testText({ scenario, kind, isValid, invalidReasons, figures, accuracy }: ShownTest): string {
  if (!isValid) return `${scenario} ${kind} INVALID: ${invalidReasons.join('; ')}`;
  if (accuracy !== null) return `${scenario} accuracy ${accuracy.correct} of ${accuracy.pairs}`;
  const name = mainFigureName(scenario);
  const figure = figures.find((each) => each.name === name);
  if (figure === undefined) return `${scenario} ${kind} VALID`;
  return `${scenario} ${name} ${figure.unit === 'ns' ? formatDurationNs(figure.value) : formatFigure(figure.value)}`;
}
