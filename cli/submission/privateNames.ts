import { hostname, userInfo } from 'node:os';

/** What logs and descriptions may not name. */
export function privateNames(): string[] {
  return [hostname(), userName()].filter((name) => name !== '');
}

/** Some containers run as a user without a name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
