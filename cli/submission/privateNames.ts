import { readFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { packageFile } from '../../platform/node/packages.js';
import { MLPERF_CONF } from '../../runs/layout.js';

/** What logs and descriptions may not name. A word of mlperf.conf, such as "server", names nobody. */
export function privateNames(names: readonly string[] = [hostname(), userName()]): string[] {
  const words = new Set(
    readFileSync(packageFile(MLPERF_CONF), 'utf8')
      .toLowerCase()
      .split(/[^a-z0-9_-]+/),
  );
  return names.filter((name) => name !== '' && !words.has(name.toLowerCase()));
}

/** Some containers run as a user without a name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
