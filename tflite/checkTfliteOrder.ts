import { damagedTfliteError } from './checkTfliteIdentifier.js';
import { readTflite } from './readTflite.js';

/**
 * Checks what native runtimes take on trust, and crash on: that operators take tensors which are there, and not before
 * they are computed. A tensor that nothing computes may be a constant or a state.
 *
 * @throws TFLITE_FORMAT if the file is damaged
 */
export function checkTfliteOrder(content: Uint8Array, file: string): void {
  const { tensors, operators, inputs, outputs } = readTflite(content, file);
  const producers = new Map(operators.flatMap(({ index, outputs: own }) => own.map((tensor) => [tensor, index])));
  const check = (tensor: number, place: string) => {
    // -1 stands for an operand that is left out.
    if (tensor >= -1 && tensor < tensors.length) return;
    throw damagedTfliteError(file, `${place} is tensor ${tensor}, expected one below ${tensors.length}`);
  };
  for (const tensor of [...inputs, ...outputs]) check(tensor, 'an input or output');
  for (const { index, type, inputs: taken, outputs: made } of operators) {
    const operator = `operator ${index} (${type})`;
    for (const tensor of [...taken, ...made]) check(tensor, `an operand of ${operator}`);
    const late = taken.find((tensor) => (producers.get(tensor) ?? -1) >= index);
    if (late === undefined) continue;
    throw damagedTfliteError(file, `${operator} takes tensor ${late}, which operator ${producers.get(late)} computes`);
  }
}
