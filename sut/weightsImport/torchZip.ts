import { unzipSync } from 'fflate';
import { LoadGenError, messageOf } from '../../base/errors.js';
import type { WeightTensor } from '../sphereface20/readWeights.js';
import { readPickle } from './pickle.js';
import { importError, quoted } from './sourceWeights.js';
import { torchResolver, torchWeights } from './torchTensors.js';

/** What of the archive is of interest, in its only folder; storages are numbered. */
const ENTRY = /^[^/]+\/(data\.pkl|byteorder|data\/\d+)$/;
const MAX_ENTRIES = 10_000;

/**
 * The tensors of a state dict as PyTorch saves it since 1.6: a zip archive.
 *
 * @throws MODEL_IMPORT if the archive is damaged or holds anything else
 */
export function torchZipWeights(content: Uint8Array, file: string): Map<string, WeightTensor> {
  const entries = unzipped(content, file);
  const order = entries.get('byteorder');
  if (order !== undefined && new TextDecoder().decode(order.subarray(0, 16)) !== 'little') {
    throw importError(file, 'its numbers are not little-endian, as the entry byteorder says');
  }
  const pickle = entries.get('data.pkl');
  if (pickle === undefined)
    throw importError(file, 'the archive has no entry data.pkl, expected what torch.save writes');
  const { value } = readPickle(pickle, 0, `${file}, data.pkl`, torchResolver(file));
  return torchWeights(value, file, ({ key }) => {
    const bytes = entries.get(`data/${key}`);
    if (bytes === undefined) throw importError(file, `the archive has no entry for storage ${quoted(key)}`);
    return bytes;
  });
}

/** By their names without the folder. PyTorch compresses nothing, so compressed entries are refused, not unpacked. */
function unzipped(content: Uint8Array, file: string): ReadonlyMap<string, Uint8Array> {
  const names = new Set<string>();
  let count = 0;
  let totalBytes = 0;
  const take = (entry: { name: string; size: number; originalSize: number; compression: number }): boolean => {
    count++;
    if (count > MAX_ENTRIES) throw importError(file, `the archive has more than ${MAX_ENTRIES} entries`);
    const name = ENTRY.exec(entry.name)?.[1];
    if (name === undefined) return false;
    const shown = `entry ${quoted(entry.name)}`;
    if (names.has(name)) throw importError(file, `${shown} is there twice`);
    if (entry.compression !== 0 || entry.size !== entry.originalSize) {
      throw importError(file, `${shown} is compressed, expected it stored as torch.save does`);
    }
    // Entries that share bytes could take more memory than the file.
    totalBytes += entry.size;
    if (totalBytes > content.length) {
      throw importError(file, `${shown} ends after ${totalBytes} bytes of entries, in a file of ${content.length}`);
    }
    names.add(name);
    return true;
  };
  try {
    const entries = Object.entries(unzipSync(content, { filter: take }));
    return new Map(entries.map(([name, bytes]) => [ENTRY.exec(name)?.[1] ?? name, bytes]));
  } catch (thrown) {
    throw thrown instanceof LoadGenError
      ? thrown
      : importError(file, `it is a damaged zip archive: ${messageOf(thrown)}`);
  }
}
