import { readFileSync } from 'node:fs';
import { LoadGenError, messageOf } from '../../base/errors.js';
import { isOnThisMachine, type RemoteAddress } from './remoteName.js';

/** Environment variables: what stands in them is in no command line, log or message. */
export const TOKEN_VARIABLE = 'SPHEREFACE_LOADGEN_TOKEN';
const CA_VARIABLE = 'SPHEREFACE_LOADGEN_CA';
const MAX_CA_BYTES = 1 << 20;

export interface Credentials {
  readonly token: string | undefined;
  /** Certificates in PEM that are trusted in place of the system's. */
  readonly certificates: string | undefined;
}

/** @throws SUT_SERVER if the token cannot be sent, or the certificates cannot be read */
export function readCredentials(address: RemoteAddress, environment = process.env): Credentials {
  const token = readToken(environment);
  const isSafe = address.isEncrypted || isOnThisMachine(address);
  if (token !== undefined && !isSafe)
    throw new LoadGenError('SUT_SERVER', `the token in ${TOKEN_VARIABLE} would go over the network in the clear`, {
      hint: 'Use https:// or grpcs://, or unset the variable.',
    });
  const file = environment[CA_VARIABLE];
  return { token, certificates: file === undefined || file === '' || !address.isEncrypted ? undefined : readPem(file) };
}

/** @throws SUT_SERVER if no header can hold it */
export function readToken(environment = process.env): string | undefined {
  const token = environment[TOKEN_VARIABLE];
  if (token === undefined || token === '') return undefined;
  if (/^[\x21-\x7e]{1,8192}$/.test(token)) return token;
  throw new LoadGenError(
    'SUT_SERVER',
    `${TOKEN_VARIABLE} holds blanks, line breaks or other characters that no header may hold`,
  );
}

function readPem(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (thrown) {
    throw new LoadGenError('SUT_SERVER', `${CA_VARIABLE}: cannot read it: ${messageOf(thrown)}`, { cause: thrown });
  }
  if (text.length <= MAX_CA_BYTES && text.includes('-----BEGIN CERTIFICATE-----')) return text;
  throw new LoadGenError('SUT_SERVER', `${CA_VARIABLE}: found ${file}, expected a file with certificates in PEM`);
}
