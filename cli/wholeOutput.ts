import { fstatSync, writeFileSync } from 'node:fs';

/**
 * From here on, what is printed into a file is there whole, or the output has an error: Node.js takes a write that the
 * disk cut short for done.
 */
export function writeOutputWhole(): void {
  const { stdout } = process;
  if (!fstatSync(stdout.fd).isFile()) return;
  stdout._write = (chunk: Buffer, _encoding, done) => {
    try {
      writeFileSync(stdout.fd, chunk);
      done();
    } catch (thrown) {
      done(thrown instanceof Error ? thrown : new Error(String(thrown)));
    }
  };
}
