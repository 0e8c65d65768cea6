import { generateKeyPair, randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import { promisify } from 'node:util';
import forge from 'node-forge';

const KEY_BITS = 2048;
const SUBJECT = [{ shortName: 'CN', value: 'loadgen serve' }];
/** Kinds of names, as X.509 numbers them. */
const DNS_NAME = 2;
const IP_ADDRESS = 7;

/** A new key and a certificate of it by itself, for servers of these names and addresses, in PEM. */
export async function makeCertificate(names: readonly string[], notBefore: Date, notAfter: Date): Promise<string> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: KEY_BITS,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(publicKey);
  // Positive, as an X.509 number has to be.
  certificate.serialNumber = `01${randomBytes(15).toString('hex')}`;
  Object.assign(certificate.validity, { notBefore, notAfter });
  certificate.setSubject(SUBJECT);
  certificate.setIssuer(SUBJECT);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, critical: true },
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectAltName', altNames: names.map(altName) },
  ]);
  certificate.sign(forge.pki.privateKeyFromPem(privateKey), forge.md.sha256.create());
  return `${privateKey}${forge.pki.certificateToPem(certificate)}`;
}

function altName(name: string) {
  return isIP(name) === 0 ? { type: DNS_NAME, value: name } : { type: IP_ADDRESS, ip: name };
}
