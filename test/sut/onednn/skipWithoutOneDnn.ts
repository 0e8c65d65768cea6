import { LoadGenError } from '../../../base/errors.js';
import { loadOneDnn } from '../../../sut/onednn/library.js';

/** For a test's option `skip`: the reason where oneDNN is not installed, else false. */
export async function skipWithoutOneDnn(): Promise<string | false> {
  try {
    await loadOneDnn();
    return false;
  } catch (error) {
    if (error instanceof LoadGenError && error.code === 'SUT_NOT_INSTALLED') return error.message;
    throw error;
  }
}
