import type { Argv } from 'yargs';
import { NETWORKS } from '../sut/networks/index.js';
import { choice } from './options.js';

/** The option that chooses the network. */
export function withNetworkOption<Others>(command: Argv<Others>) {
  const networks = NETWORKS.map(({ name }) => name);
  return command.option('network', {
    ...choice(networks, 'Network to run, or to prepare faces for'),
    default: NETWORKS[0].name,
  });
}
