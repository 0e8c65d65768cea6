import { LoadGenError } from '../../../base/errors.js';
import { loadOneDnn } from '../../../sut/onednn/library.js';

/** For a test's option `skip`: the reason where oneDNN is not installed, else false. */
export async function skipWithoutOneDnn(): Promise<string | false> {
  try {
    await loadOneDnn();
    return false;
  } catch (thrown) {
    if (thrown instanceof LoadGenError && thrown.code === 'SUT_NOT_INSTALLED') return thrown.message;
    throw thrown;
  }
}
