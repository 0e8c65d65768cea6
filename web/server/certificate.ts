/** The certificate that a page is handed out with on a network. This machine has made it itself, so browsers warn of it. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { chmodSync, closeSync, openSync, rmSync, statSync } from 'node:fs';
import { isIP } from 'node:net';
import { dirname, join } from 'node:path';
import { CACHE_HINT } from '../../platform/node/cacheFolder.js';
import { makeFolder, readBoundedText, writing } from '../../platform/node/files.js';
import { writeWholeSync } from '../../platform/node/wholeFile.js';
import { makeCertificate } from './makeCertificate.js';

/** Below the cache folder; the key and the certificate, in one file so that they are never of two. */
const CERTIFICATE_FILE = join('serve', 'certificate.pem');
const MAX_BYTES = 1 << 16;
const OWNER_ONLY = 0o600;
const OTHERS = 0o077;
const DAY_MS = 86_400_000;
/** Some browsers take none that is valid for longer than 398. */
const VALID_DAYS = 365;
/** One that ends sooner is not used any more: a server may run for days. */
const MIN_DAYS_LEFT = 7;

export interface Certificate {
  /** The key and the certificate. */
  readonly pem: string;
  /** SHA-256, in pairs of hexadecimal digits with colons between. */
  readonly fingerprint: string;
}

/**
 * The certificate in the cache folder, or a new one if there is none, it ends soon, or it lacks one of the names.
 *
 * @param names addresses and names of this machine
 * @throws WEB_CERTIFICATE if a new one cannot be kept
 */
export async function openCertificate(
  cacheFolder: string,
  names: readonly string[],
  now = new Date(),
): Promise<Certificate> {
  const file = join(cacheFolder, CERTIFICATE_FILE);
  const kept = await readCertificate(file, names, now);
  if (kept !== undefined) return kept;
  const made = await makeCertificate(names, now, new Date(now.getTime() + VALID_DAYS * DAY_MS));
  await writing('WEB_CERTIFICATE', file, async () => writePrivate(file, made), CACHE_HINT);
  return { pem: made, fingerprint: new X509Certificate(made).fingerprint256 };
}

/** Undefined if it cannot be used. */
async function readCertificate(file: string, names: readonly string[], now: Date): Promise<Certificate | undefined> {
  const read = await readBoundedText(file, MAX_BYTES);
  if ('fault' in read || isOpenToOthers(file)) return undefined;
  try {
    const certificate = new X509Certificate(read.text);
    const isUsable =
      certificate.checkPrivateKey(createPrivateKey(read.text)) &&
      Date.parse(certificate.validFrom) <= now.getTime() &&
      Date.parse(certificate.validTo) >= now.getTime() + MIN_DAYS_LEFT * DAY_MS &&
      names.every((name) => (isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)) !== undefined);
    return isUsable ? { pem: read.text, fingerprint: certificate.fingerprint256 } : undefined;
  } catch {
    // Damaged: a new one takes its place.
    return undefined;
  }
}

/** Windows knows no such modes. */
function isOpenToOthers(file: string): boolean {
  return process.platform !== 'win32' && (statSync(file).mode & OTHERS) !== 0;
}

/** Nobody else may read it at any time. */
function writePrivate(file: string, content: string): void {
  makeFolder(dirname(file));
  rmSync(file, { force: true });
  // What is written whole gets the mode of what is there.
  closeSync(openSync(file, 'a', OWNER_ONLY));
  chmodSync(file, OWNER_ONLY);
  writeWholeSync(file, content);
}
