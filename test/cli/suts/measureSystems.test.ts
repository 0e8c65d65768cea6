import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { measureSystems } from '../../../cli/suts/measureSystems.js';
import { temporaryFolder } from '../loadgen.js';

test('systems are measured in processes of their own; one that cannot be made says why', async (t) => {
  const broken = join(await temporaryFolder(t), 'broken.js');
  writeFileSync(broken, 'throw new Error("no such device");');
  const [measured, failed] = await measureSystems(
    [
      { name: 'tfjs-tflite', precision: 'fp32' },
      { name: broken, precision: 'fp32' },
    ],
    new AbortController().signal,
  );
  assert.ok(measured !== undefined && 'inferenceMs' in measured && measured.inferenceMs > 0);
  assert.ok(failed !== undefined && 'fault' in failed);
  assert.match(failed.fault.message, /no such device/);
});
