import { LoadGenError } from '../base/errors.js';

export function abortedError(): LoadGenError {
  return new LoadGenError('RUN_ABORTED', 'the run was aborted before its end');
}
