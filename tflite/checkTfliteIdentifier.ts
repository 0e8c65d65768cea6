import { LoadGenError } from '../base/errors.js';

/** Far above every model we run; WASM memory ends at 2 GiB, and a model needs more than its file's size. */
const MAX_MODEL_BYTES = 1 << 30;
const IDENTIFIER = 'TFL3';
const IDENTIFIER_OFFSET = 4;

/** The error of a file whose content is not that of a TFLite file; `fault` says where. */
export function damagedTfliteError(file: string, fault: string, cause?: unknown): LoadGenError {
  return new LoadGenError('TFLITE_FORMAT', `${file} is a damaged TFLite file: ${fault}`, { cause });
}

/** @throws TFLITE_FORMAT unless `bytes` can be a TFLite file: its size and the identifier near its start */
export function checkTfliteIdentifier(bytes: Uint8Array, name: string): void {
  if (bytes.length > MAX_MODEL_BYTES) {
    throw new LoadGenError('TFLITE_FORMAT', `${name} has ${bytes.length} bytes, expected at most ${MAX_MODEL_BYTES}`);
  }
  const found = String.fromCharCode(...bytes.subarray(IDENTIFIER_OFFSET, IDENTIFIER_OFFSET + IDENTIFIER.length));
  if (found === IDENTIFIER) return;
  throw new LoadGenError(
    'TFLITE_FORMAT',
    `${name} is not a TFLite file: ${JSON.stringify(found)} at byte ${IDENTIFIER_OFFSET} of ${bytes.length}, expected "${IDENTIFIER}"`,
    { hint: 'A TFLite model of schema version 3 is needed, as every converter since 2018 writes it.' },
  );
}
