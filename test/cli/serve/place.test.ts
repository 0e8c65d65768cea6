import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Place, pageUrls, placeLines } from '../../../cli/serve/place.js';

const FINGERPRINT = Array.from({ length: 32 }, (_, index) => index.toString(16).padStart(2, '0')).join(':');
const place = (addresses: string[], isSecure: boolean): Place => ({
  host: '0.0.0.0',
  addresses,
  names: ['localhost'],
  certificate: isSecure ? { pem: '', fingerprint: FINGERPRINT } : undefined,
});

test('there is an address for each that a device may use', () => {
  assert.deepEqual(pageUrls(place(['192.168.1.2', 'fd00::2'], true), 8443, 'token'), [
    'https://192.168.1.2:8443/token/',
    'https://[fd00::2]:8443/token/',
  ]);
  assert.deepEqual(pageUrls(place(['127.0.0.1'], false), 80, 'token'), ['http://127.0.0.1:80/token/']);
});

test('the fingerprint is said in lines of 80 columns, whole', () => {
  const lines = placeLines(place(['192.168.1.2'], true));
  assert.ok(
    lines.every((line) => line.length <= 80),
    lines.join('\n'),
  );
  const pairs = lines.join(' ').match(/(?<=\s)([\da-f]{2}:){15}[\da-f]{2}(?=\s)/g);
  assert.equal(pairs?.join(':'), FINGERPRINT);
});

test('a machine without a network is said to be in none', () => {
  assert.match(placeLines(place(['localhost'], true)).join(' '), /in no network/);
  assert.doesNotMatch(placeLines(place(['192.168.1.2'], true)).join(' '), /no network/);
  assert.doesNotMatch(placeLines(place(['127.0.0.1'], false)).join(' '), /fingerprint/);
});
