/** What the terminal says of devices. Their texts are printable. */
import { join } from 'node:path';
import { printable } from '../../base/text.js';
import { formatDurationNs, formatFigure } from '../../reports/humanUnits.js';
import { mainFigureName } from '../../reports/results/bestFront.js';
import type { DeviceResult, ShownTest } from '../../web/shared/deviceResult.js';
import type { Notice } from '../../web/shared/notice.js';

export function noticeText({ device: { name, browser, platform }, event }: Notice): string {
  switch (event.kind) {
    case 'opened':
      return printable(`${name} (${browser}, ${platform}) has opened the page.`);
    case 'measures':
      return printable(`${name} measures ${event.engine}, ${event.scenario}.`);
    case 'failed':
      return printable(`${name} could not measure ${event.engine}: ${event.reason}`);
    case 'stopped':
      return printable(`${name} has stopped measuring.`);
  }
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
