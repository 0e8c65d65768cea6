import type { Argv } from 'yargs';
import type { NetworkInput } from '../qsl/index.js';
import { NETWORKS } from '../sut/networks/index.js';
import type { Network } from '../sut/networks/network.js';
import { choice } from './options.js';

/** The option that chooses the network. */
export function withNetworkOption<Others>(command: Argv<Others>) {
  const networks = NETWORKS.map(({ name }) => name);
  return command.option('network', {
    ...choice(networks, 'Network to run, or to prepare faces for'),
    default: NETWORKS[0].name,
  });
}

/** What the library of faces needs to know about a network. */
export function networkInputOf({ shape, arithmetic, templateShiftX }: Network): NetworkInput {
  return { frame: { width: shape.inputWidth, height: shape.inputHeight, templateShiftX }, arithmetic };
}
