import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openCertificate } from '../../../web/server/certificate.js';
import { newFolder } from '../../reports/figures/runFolders.js';

const NAMES = ['192.168.1.20', 'fd00::20', 'localhost'];
const NOW = new Date('2026-06-01T12:00:00Z');
const laterBy = (days: number) => new Date(NOW.getTime() + days * 86_400_000);
const fileIn = (cache: string) => join(cache, 'serve/certificate.pem');

test('a certificate has the names, is valid for a year, and only its owner may read the key', async () => {
  const cache = newFolder();
  const { pem, fingerprint } = await openCertificate(cache, NAMES, NOW);
  const certificate = new X509Certificate(pem);
  assert.match(fingerprint, /^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  assert.equal(certificate.fingerprint256, fingerprint);
  for (const address of ['192.168.1.20', 'fd00::20', 'fd00:0:0:0:0:0:0:20']) assert.ok(certificate.checkIP(address));
  assert.ok(certificate.checkHost('localhost'));
  assert.equal(certificate.checkIP('192.168.1.21'), undefined);
  assert.equal(certificate.ca, false);
  assert.deepEqual(certificate.keyUsage, ['1.3.6.1.5.5.7.3.1']);
  assert.deepEqual(
    [certificate.validFrom, certificate.validTo],
    ['Jun  1 12:00:00 2026 GMT', 'Jun  1 12:00:00 2027 GMT'],
  );
  assert.equal(readFileSync(fileIn(cache), 'utf8'), pem);
  if (process.platform !== 'win32') assert.equal(statSync(fileIn(cache)).mode & 0o777, 0o600);
});

const KEPT: [what: string, names: string[], now: Date][] = [
  ['the same names', NAMES, NOW],
  ['fewer names', ['localhost'], NOW],
  ['a year but eight days', NAMES, laterBy(357)],
];
for (const [what, names, now] of KEPT) {
  test(`it is kept for ${what}`, async () => {
    const cache = newFolder();
    const { pem } = await openCertificate(cache, NAMES, NOW);
    assert.equal((await openCertificate(cache, names, now)).pem, pem);
  });
}

const RENEWED: [what: string, names: string[], now: Date, spoil: (file: string, pem: string) => void][] = [
  ['has another address', ['192.168.1.21'], NOW, () => {}],
  ['ends in a week', NAMES, laterBy(359), () => {}],
  ['has ended', NAMES, laterBy(400), () => {}],
  ['is of the future', NAMES, laterBy(-1), () => {}],
  ['is damaged', NAMES, NOW, (file, pem) => writeFileSync(file, pem.slice(0, -200))],
  ['is empty', NAMES, NOW, (file) => writeFileSync(file, '')],
  ['lacks the key', NAMES, NOW, (file, pem) => writeFileSync(file, pem.slice(pem.indexOf('-----BEGIN CERT')))],
  ['could be read by others', NAMES, NOW, (file) => chmodSync(file, 0o644)],
];
for (const [what, names, now, spoil] of RENEWED) {
  test(`one that ${what} is made anew`, async () => {
    const cache = newFolder();
    const { pem } = await openCertificate(cache, NAMES, NOW);
    spoil(fileIn(cache), pem);
    const renewed = await openCertificate(cache, names, now);
    assert.notEqual(renewed.pem, pem);
    assert.equal((await openCertificate(cache, names, now)).pem, renewed.pem);
    if (process.platform !== 'win32') assert.equal(statSync(fileIn(cache)).mode & 0o777, 0o600);
  });
}

test('a link in its place is not followed', async () => {
  const cache = newFolder();
  const elsewhere = join(newFolder(), 'elsewhere.pem');
  const { pem } = await openCertificate(newFolder(), NAMES, NOW);
  writeFileSync(elsewhere, pem);
  mkdirSync(join(cache, 'serve'));
  symlinkSync(elsewhere, fileIn(cache));
  await openCertificate(cache, NAMES, NOW);
  assert.equal(readFileSync(elsewhere, 'utf8'), pem);
  assert.ok(!statSync(fileIn(cache)).isSymbolicLink());
});

test('where nothing can be kept, the error says so', async () => {
  const cache = newFolder();
  writeFileSync(join(cache, 'serve'), 'a file');
  await assert.rejects(openCertificate(cache, NAMES, NOW), { code: 'WEB_CERTIFICATE' });
});
