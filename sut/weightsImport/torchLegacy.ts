import { z } from 'zod';
import { BYTES_PER_FLOAT } from '../sphereface20/decodeFloats.js';
import type { WeightTensor } from '../sphereface20/readWeights.js';
import { readPickle } from './pickle.js';
import { importError, quoted } from './sourceWeights.js';
import { TorchStorage, torchResolver, torchWeights } from './torchTensors.js';

const MAGIC_NUMBER = 0x1950a86a20f9469cfc6cn;
const PROTOCOL_VERSION = 1001;
const COUNT_BYTES = 8;

const storageKeys = z.array(z.string()).max(10_000);

/**
 * The tensors of a state dict as PyTorch saved it before 1.6: pickles of a magic number, the protocol's version, facts
 * about the machine, the state dict and its storages' keys, then each storage's count and values.
 *
 * @throws MODEL_IMPORT if the file is damaged or holds anything else
 */
export function torchLegacyWeights(content: Uint8Array, file: string): Map<string, WeightTensor> {
  const storages = new Map<string, TorchStorage>();
  const resolver = torchResolver(file);
  const remembering = {
    ...resolver,
    persistent(id: unknown) {
      const storage = resolver.persistent(id);
      if (storage instanceof TorchStorage) storages.set(storage.key, storage);
      return storage;
    },
  };
  let position = 0;
  const next = (): unknown => {
    const { value, end } = readPickle(content, position, file, remembering);
    position = end;
    return value;
  };
  const magic = next();
  if (magic !== MAGIC_NUMBER) throw importError(file, 'it is a pickle, but not one that torch.save writes');
  const version = next();
  if (version !== PROTOCOL_VERSION) {
    throw importError(file, `its protocol version is ${String(version).slice(0, 20)}, expected ${PROTOCOL_VERSION}`);
  }
  checkByteOrder(next(), file);
  const stateDict = next();
  const bytesByKey = storageBytes(next(), content, position, storages, file);
  return torchWeights(stateDict, file, ({ key }) => {
    const bytes = bytesByKey.get(key);
    if (bytes === undefined) throw importError(file, `storage ${quoted(key)} is not in the file`);
    return bytes;
  });
}

function checkByteOrder(machineFacts: unknown, file: string): void {
  if (machineFacts instanceof Map && machineFacts.get('little_endian') === true) return;
  throw importError(file, 'its numbers are not little-endian, as its third pickle says');
}

function storageBytes(
  foundKeys: unknown,
  content: Uint8Array,
  start: number,
  storages: ReadonlyMap<string, TorchStorage>,
  file: string,
): Map<string, Uint8Array> {
  const keys = storageKeys.safeParse(foundKeys);
  if (!keys.success) throw importError(file, 'its fifth pickle is no list of storage keys');
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const bytesByKey = new Map<string, Uint8Array>();
  let position = start;
  for (const key of keys.data) {
    const storage = storages.get(key);
    if (storage === undefined) throw importError(file, `storage ${quoted(key)} belongs to no tensor`);
    const bytes = storage.values * BYTES_PER_FLOAT[storage.type];
    const end = position + COUNT_BYTES + bytes;
    if (end > content.length) {
      throw importError(file, `storage ${quoted(key)} ends at byte ${end}, but the file has ${content.length}`);
    }
    const count = view.getBigUint64(position, true);
    if (count !== BigInt(storage.values)) {
      throw importError(
        file,
        `storage ${quoted(key)} has ${count} values at byte ${position}, expected ${storage.values}`,
      );
    }
    bytesByKey.set(key, content.subarray(position + COUNT_BYTES, end));
    position = end;
  }
  return bytesByKey;
}
