import Table from 'cli-table3';
import type { Argv } from 'yargs';
import type { Precision } from '../../sut/engine.js';
import { listSystemsUnderTest, type SystemUnderTestListing } from '../../sut/listSystemsUnderTest.js';
import { targetTexts } from '../../sut/targets.js';
import { defineCommand } from '../command.js';
import { interruptible } from '../interruption.js';
import { flag, text } from '../options.js';
import { installEngine } from '../suts/installEngine.js';
import type { Outcome } from '../suts/measureInTurns.js';
import { measureSystems, type SystemToMeasure } from '../suts/measureSystems.js';

export const sutsCommand = defineCommand(
  (command: Argv) =>
    command
      .option('measure', flag('Measure an inference of each that works here; takes a few minutes'))
      .option('install', text('Install the npm packages of this one, and check that it works'))
      .option('json', flag('Print JSON'))
      .check(({ install, measure, json }) => {
        if (install !== undefined && (measure || json)) throw new Error('--install excludes --measure and --json');
        return true;
      })
      .example('$0 suts --install onnxruntime', 'One that does not come with this package')
      .example('$0 suts --json', 'For programs')
      .example('$0 suts --measure', 'Which engine to begin with on this machine'),
  ({ install, ...listing }) =>
    install === undefined ? listSuts(listing) : interruptible((signal) => installEngine(install, signal), KEPT),
);

/** What npm has done by then. */
const KEPT = 'what npm has installed is kept';

async function listSuts({ measure, json }: { measure: boolean; json: boolean }): Promise<void> {
  const systems = await listSystemsUnderTest();
  const measured = measure ? await measureAll(systems) : undefined;
  if (json) {
    const withTimes = systems.map((system) => ({ ...system, ...timesOf(system, measured) }));
    console.log(JSON.stringify(withTimes, undefined, 2));
    return;
  }
  const head = [
    'name',
    'usable',
    measured === undefined ? 'computes in' : 'ms, inference',
    'what it is, or what it lacks',
  ];
  const table = new Table({ head, colWidths: [20, 8, 15, 32], wordWrap: true, style: { head: [], border: [] } });
  for (const system of systems) {
    const text = system.usable
      ? [system.description, ...targetTexts(system)].join('; ')
      : [system.reason, system.hint].filter(Boolean).join('. ');
    table.push([system.name, system.usable ? 'yes' : 'no', precisionsText(system, measured), text]);
  }
  console.log(table.toString());
  if (measured === undefined) return;
  for (const [{ name, precision }, outcome] of measured) {
    if ('fault' in outcome) console.log(`${name} in ${precision}: ${outcome.fault.message} (${outcome.fault.code})`);
  }
  console.log('Medians of short rounds in turns, one thread, four images at a time. For a verdict: loadgen duel A B');
}

type Measured = ReadonlyMap<SystemToMeasure, Outcome>;

function measureAll(systems: readonly SystemUnderTestListing[]): Promise<Measured> {
  const measurable = systems.flatMap((system) =>
    system.usable ? system.precisions.map((precision) => ({ name: system.name, precision })) : [],
  );
  return interruptible(async (signal) => {
    const outcomes = await measureSystems(measurable, signal);
    return new Map(measurable.flatMap((system, index) => (outcomes[index] ? [[system, outcomes[index]]] : [])));
  });
}

function outcomesOf({ name }: SystemUnderTestListing, measured: Measured): [Precision, Outcome][] {
  return [...measured].flatMap(([system, outcome]) => (system.name === name ? [[system.precision, outcome]] : []));
}

function timesOf(system: SystemUnderTestListing, measured: Measured | undefined): object {
  if (measured === undefined || !system.usable) return {};
  const measurements = outcomesOf(system, measured).map(([precision, outcome]) =>
    'fault' in outcome
      ? { precision, fault: { code: outcome.fault.code, message: outcome.fault.message } }
      : { precision, inferenceMs: Number(outcome.inferenceMs.toPrecision(4)) },
  );
  return { measurements };
}

function precisionsText(system: SystemUnderTestListing, measured: Measured | undefined): string {
  if (!system.usable) return '';
  if (measured === undefined) return system.precisions.join(', ');
  return outcomesOf(system, measured)
    .map(([precision, outcome]) => {
      const time = 'fault' in outcome ? 'failed' : String(Number(outcome.inferenceMs.toPrecision(3)));
      return `${precision.padEnd(5)}${time.padStart(7)}`;
    })
    .join('\n');
}
