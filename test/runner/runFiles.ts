/**
 * Runs the tests of the files that are named, one file after the other, in this process. At the end of each file stands a
 * test of its name, which fails where it cannot be read.
 */
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';

for (const file of process.argv.slice(2)) {
  let fault: unknown;
  await import(pathToFileURL(file).href).catch((thrown: unknown) => {
    fault = thrown ?? new Error('it throws nothing');
  });
  const isOver = new Promise<void>((resolve) => {
    // Node's runner calls what is to happen after all tests whenever none is left, in the order of asking.
    after(() => resolve());
  });
  // Tests run in the order of asking, too, so that this one is the last.
  void test(file, () => {
    if (fault !== undefined) throw fault;
  });
  await isOver;
}
