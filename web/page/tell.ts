import { NOTICES_PATH } from '../shared/manifest.js';
import type { Notice } from '../shared/notice.js';

/** The terminal shows who is here and what they do; nobody waits for it. */
export function tell(notice: Notice): void {
  fetch(NOTICES_PATH, { method: 'POST', body: JSON.stringify(notice) }).catch(() => {});
}
