/** By which addresses others reach what listens on this machine. */
import { isIPv4 } from 'node:net';
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';

type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

/** What stands for all addresses of a machine, and what kinds of them it listens on. */
const WILDCARDS: Readonly<Record<string, readonly NetworkInterfaceInfo['family'][]>> = {
  '0.0.0.0': ['IPv4'],
  '::': ['IPv4', 'IPv6'],
};
/** Of this machine alone, in every certificate and the one address of a machine without a network. */
export const LOCALHOST = 'localhost';
/** Containers, virtual machines and tunnels: hardly a phone is behind them. */
const VIRTUAL = /^(docker|br-|veth|virbr|vmnet|vboxnet|vethernet|utun|tun|tap|wg)/i;
/** Addresses that browsers cannot ask for, or that nobody has chosen. */
const LINK_LOCAL = /^(fe[89ab]|169\.254\.)/i;

/** Whether only this machine reaches it: browsers trust it without a certificate. */
export function isLoopback(host: string): boolean {
  return host === LOCALHOST || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}

/** The address itself; for one that stands for all, each that a phone may use, the likeliest first. */
export function reachableAddresses(host: string, interfaces: Interfaces = networkInterfaces()): string[] {
  const families = WILDCARDS[host];
  if (families === undefined) return [host];
  const named = Object.entries(interfaces).toSorted(([a], [b]) => Number(VIRTUAL.test(a)) - Number(VIRTUAL.test(b)));
  const infos = named.flatMap(([, all = []]) => all);
  const addresses = families.flatMap((family) =>
    infos
      .filter((info) => info.family === family && !info.internal && !LINK_LOCAL.test(info.address))
      .map(({ address }) => address),
  );
  return addresses.length === 0 ? [LOCALHOST] : addresses;
}
