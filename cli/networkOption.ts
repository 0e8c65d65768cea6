import type { Argv } from 'yargs';
import type { NetworkInput } from '../qsl/index.js';
import { NETWORKS } from '../sut/networks/index.js';
import type { Network } from '../sut/networks/network.js';

/** The option that says which network faces are prepared for. */
export function withNetworkOption<Others>(command: Argv<Others>) {
  return command.option('network', {
    type: 'string',
    choices: NETWORKS.map(({ name }) => name),
    default: NETWORKS[0].name,
    describe: 'Which network the faces go to',
    requiresArg: true,
  });
}

/** What the library of faces has to know of a network. */
export function networkInputOf({ shape, arithmetic, templateShiftX }: Network): NetworkInput {
  return { frame: { width: shape.inputWidth, height: shape.inputHeight, templateShiftX }, arithmetic };
}
