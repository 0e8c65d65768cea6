/** What a process that runs test files tells the runner. */
export type News =
  | { readonly news: 'start'; readonly test: string }
  /** Of a test that is not within another. The last of a file has its name. */
  | { readonly news: 'end'; readonly test: string; readonly ms: number }
  /** Of a test itself, not of those that it is within. */
  | { readonly news: 'failure'; readonly test: string; readonly message: string }
  /** At the end, of all files: "pass 12". */
  | { readonly news: 'count'; readonly what: string; readonly count: number };

/** Undefined of what a test itself sends. */
export function newsIn(message: unknown): News | undefined {
  return typeof message === 'object' && message !== null && 'news' in message ? (message as News) : undefined;
}

export function tell(news: News): void {
  process.send?.(news);
}
