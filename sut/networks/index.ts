import { LoadGenError } from '../../base/errors.js';
import { MOBILEFACENET } from './mobilefacenet.js';
import type { Network } from './network.js';
import { SPHEREFACE20_NETWORK } from './sphereface20.js';

/** All networks there are, the default one first. To add one: a file in this folder and a line here. */
export const NETWORKS: readonly [Network, ...Network[]] = [SPHEREFACE20_NETWORK, MOBILEFACENET];
/** As the command line and config files call them. */
export const NETWORK_NAMES: readonly string[] = NETWORKS.map(({ name }) => name);

/** @throws NETWORK_UNKNOWN if there is no such network */
export function networkNamed(name: string): Network {
  const network = NETWORKS.find((known) => known.name === name);
  if (network !== undefined) return network;
  throw new LoadGenError('NETWORK_UNKNOWN', `there is no network "${name}", expected ${NETWORK_NAMES.join(' or ')}`);
}
