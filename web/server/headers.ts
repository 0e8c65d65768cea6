import { securityHeadersOf } from '../shared/headers.js';

/** @param isLasting whether the file may be kept for good */
export function headersOf(path: string, type: string, isLasting: boolean): Record<string, string> {
  return {
    ...securityHeadersOf(path),
    'content-type': type,
    'cache-control': isLasting ? 'private, max-age=31536000, immutable' : 'no-store',
    'x-content-type-options': 'nosniff',
  };
}
