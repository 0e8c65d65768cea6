import { z } from 'zod';
import { BYTES_PER_FLOAT, decodeFloats, type FloatType } from '../sphereface20/decodeFloats.js';
import type { WeightTensor } from '../sphereface20/readWeights.js';
import { PickleGlobal, type PickleResolver } from './pickle.js';
import { importError, quoted } from './sourceWeights.js';

/** The numbers behind one or several tensors, kept outside the pickle. */
export class TorchStorage {
  readonly key: string;
  readonly type: FloatType;
  readonly values: number;

  constructor(key: string, type: FloatType, values: number) {
    this.key = key;
    this.type = type;
    this.values = values;
  }
}

/** A part of a storage, row by row. */
class TorchTensor {
  readonly storage: TorchStorage;
  readonly offset: number;
  readonly shape: readonly number[];

  constructor(storage: TorchStorage, offset: number, shape: readonly number[]) {
    this.storage = storage;
    this.offset = offset;
    this.shape = shape;
  }
}

const STORAGE_TYPES: ReadonlyMap<string, FloatType> = new Map([
  ['torch.FloatStorage', 'F32'],
  ['torch.HalfStorage', 'F16'],
  ['torch.BFloat16Storage', 'BF16'],
]);
const ORDERED_DICT = 'collections.OrderedDict';
/** The second one is from before PyTorch 0.4. Both begin with the same arguments. */
const REBUILD_TENSOR = ['torch._utils._rebuild_tensor_v2', 'torch._utils._rebuild_tensor'];

const size = z.number().int().nonnegative();
/** Python 2 wrote sizes as long integers. */
const sizes = z.array(z.union([size, z.bigint().transform(Number).pipe(size)])).max(8);
const tensorArguments = z.tuple([z.instanceof(TorchStorage), size, sizes, sizes], z.unknown());
/** Its last place, in the older format only, is for a storage that is a part of another one. */
const storageId = z.union([
  z.tuple([z.literal('storage'), z.instanceof(PickleGlobal), z.string(), z.string(), size]),
  z.tuple([z.literal('storage'), z.instanceof(PickleGlobal), z.string(), z.string(), size, z.null()]),
]);

/** Makes of a state dict's pickle a Map of references to storages. Its errors are `MODEL_IMPORT`. */
export function torchResolver(file: string): PickleResolver {
  return {
    names: new Set([...STORAGE_TYPES.keys(), ORDERED_DICT, ...REBUILD_TENSOR]),
    call(name, args) {
      if (name === ORDERED_DICT && args.length === 0) return new Map();
      if (REBUILD_TENSOR.includes(name)) return rebuildTensor(args, file);
      throw importError(file, `the pickle calls ${name} with ${args.length} arguments, which no state dict does`);
    },
    persistent(id) {
      const checked = storageId.safeParse(id);
      const type = checked.success ? STORAGE_TYPES.get(checked.data[1].name) : undefined;
      if (!checked.success || type === undefined) {
        throw importError(file, 'the pickle refers to something that is no storage of floating-point numbers');
      }
      return new TorchStorage(checked.data[2], type, checked.data[4]);
    },
  };
}

/**
 * The tensors of an unpickled state dict, without the prefix `module.` that data-parallel training gives their names.
 * `bytesOf` gives the bytes of a storage.
 *
 * @throws MODEL_IMPORT if it holds anything but tensors
 */
export function torchWeights(
  stateDict: unknown,
  file: string,
  bytesOf: (storage: TorchStorage) => Uint8Array,
): Map<string, WeightTensor> {
  if (!(stateDict instanceof Map))
    throw importError(file, 'the pickle holds no dict, expected a state dict', SAVE_HINT);
  const weights = new Map<string, WeightTensor>();
  for (const [key, value] of stateDict as ReadonlyMap<unknown, unknown>) {
    if (typeof key !== 'string') throw importError(file, `a key of the dict is a ${typeof key}, expected a text`);
    if (!(value instanceof TorchTensor)) {
      throw importError(file, `${quoted(key)} in the dict is no tensor, expected tensors only`, SAVE_HINT);
    }
    const name = key.replace(/^module\./, '');
    if (weights.has(name)) throw importError(file, `tensor ${quoted(name)} is there twice`);
    weights.set(name, { shape: value.shape, read: () => readTensor(value, name, file, bytesOf) });
  }
  return weights;
}

const SAVE_HINT = 'Save the state dict alone: torch.save(network.state_dict(), "weights.pth").';

function rebuildTensor(args: readonly unknown[], file: string): TorchTensor {
  const checked = tensorArguments.safeParse(args);
  if (!checked.success) {
    throw importError(file, 'the pickle describes a tensor wrongly, expected a storage, an offset, sizes and strides');
  }
  const [storage, offset, shape, strides] = checked.data;
  if (strides.join() !== rowMajorStrides(shape, strides).join()) {
    throw importError(
      file,
      `a tensor ${shape.join(' x ')} lies in steps of ${strides.join(', ')}, expected row by row`,
      'Save tensors after .contiguous().',
    );
  }
  return new TorchTensor(storage, offset, shape);
}

/** Where a length is 1, whatever step the file gives. */
function rowMajorStrides(shape: readonly number[], found: readonly number[]): number[] {
  let step = 1;
  const strides: number[] = [];
  for (const [i, length] of [...shape.entries()].reverse()) {
    strides.unshift(length === 1 ? (found[i] ?? step) : step);
    step *= length;
  }
  return strides;
}

function readTensor(
  { storage, offset, shape }: TorchTensor,
  name: string,
  file: string,
  bytesOf: (storage: TorchStorage) => Uint8Array,
): Float32Array {
  const bytes = bytesOf(storage);
  const bytesPerValue = BYTES_PER_FLOAT[storage.type];
  const expectedBytes = storage.values * bytesPerValue;
  if (bytes.length !== expectedBytes) {
    throw importError(
      file,
      `storage ${quoted(storage.key)} of tensor ${name} has ${bytes.length} bytes, expected ${expectedBytes}`,
    );
  }
  const values = shape.reduce((product, length) => product * length, 1);
  if (offset + values > storage.values) {
    throw importError(
      file,
      `tensor ${name} takes the values ${offset} to ${offset + values} of storage ${quoted(storage.key)}, which has ${storage.values}`,
    );
  }
  return decodeFloats(storage.type, bytes.subarray(offset * bytesPerValue, (offset + values) * bytesPerValue));
}
