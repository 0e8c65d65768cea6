import assert from 'node:assert/strict';
import type { NetworkInterfaceInfo } from 'node:os';
import { test } from 'node:test';
import { isLoopback, reachableAddresses } from '../../../web/server/addresses.js';

const LOOPBACK: [host: string, isLoopback: boolean][] = [
  ['127.0.0.1', true],
  ['127.9.9.9', true],
  ['localhost', true],
  ['::1', true],
  ['0.0.0.0', false],
  ['::', false],
  ['192.168.1.2', false],
  ['127.example.org', false],
  ['localhost.example.org', false],
];
for (const [host, expected] of LOOPBACK) {
  test(`${host} is ${expected ? '' : 'not '}of this machine alone`, () => assert.equal(isLoopback(host), expected));
}

const ipv4 = (address: string, internal = false): NetworkInterfaceInfo => ({
  ...{ address, internal, family: 'IPv4', netmask: '', mac: '', cidr: null },
});
const ipv6 = (address: string, internal = false): NetworkInterfaceInfo => ({
  ...{ address, internal, family: 'IPv6', netmask: '', mac: '', cidr: null, scopeid: 0 },
});
const MACHINE = {
  lo: [ipv4('127.0.0.1', true), ipv6('::1', true)],
  docker0: [ipv4('172.17.0.1')],
  wlan0: [ipv4('192.168.1.20'), ipv6('fe80::1'), ipv6('fd00::20')],
  eth0: [ipv4('10.0.0.7'), ipv4('169.254.3.4')],
  down: undefined,
};

const REACHED: [host: string, addresses: string[]][] = [
  ['0.0.0.0', ['192.168.1.20', '10.0.0.7', '172.17.0.1']],
  ['::', ['192.168.1.20', '10.0.0.7', '172.17.0.1', 'fd00::20']],
  ['10.0.0.7', ['10.0.0.7']],
  ['my-laptop.local', ['my-laptop.local']],
];
for (const [host, addresses] of REACHED) {
  test(`what listens on ${host} is reached by ${addresses.join(', ')}`, () => {
    assert.deepEqual(reachableAddresses(host, MACHINE), addresses);
  });
}

test('a machine without a network is reached by itself', () => {
  assert.deepEqual(reachableAddresses('0.0.0.0', { lo: MACHINE.lo }), ['localhost']);
});
