import Table from 'cli-table3';
import type { Argv } from 'yargs';
import { listSystemsUnderTest } from '../../sut/systemsUnderTest.js';
import { flag } from '../options.js';

export function addSutsCommand(cli: Argv): Argv {
  return cli.command(
    'suts',
    'List the systems under test and which of them work here',
    (command: Argv) => command.option('json', flag('Print JSON')).example('$0 suts --json', 'For programs'),
    (options) => listSuts(options),
  );
}

async function listSuts({ json }: { json: boolean }): Promise<void> {
  const systems = await listSystemsUnderTest();
  if (json) {
    console.log(JSON.stringify(systems, undefined, 2));
    return;
  }
  const head = ['name', 'usable', 'computes in', 'what it is, or what it lacks'];
  const table = new Table({ head, colWidths: [20, 8, 13, 34], wordWrap: true, style: { head: [], border: [] } });
  for (const system of systems) {
    const precisions = system.usable ? system.precisions.join(', ') : '';
    const text = system.usable ? system.description : [system.reason, system.hint].filter(Boolean).join('. ');
    table.push([system.name, system.usable ? 'yes' : 'no', precisions, text]);
  }
  console.log(table.toString());
}
