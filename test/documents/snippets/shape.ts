/**
 * What two outputs of the same command have in common: figures, times, names of runs and widths of columns are left out,
 * and whether a test is VALID, which a busy machine may change.
 */

const QUANTITY = String.raw`\b\d[\d,.]*(?: (?:ns|µs|ms|s|min|%))?`;
const BORDER = /^[┌├└][─┬┼┴┐┤┘]+$/;
/** Across the whole table: why a test is INVALID. */
const REASON = /^│[^│]*│$/;

export function shapeOf(output: string): string[] {
  return output
    .replaceAll(/\bruns\/[\w-]+/g, 'runs/RUN')
    .replaceAll(new RegExp(`${QUANTITY}(?:[–/]${QUANTITY})?`, 'g'), '#')
    .replaceAll(/\b(?:INVALID|VALID) │/g, 'VERDICT │')
    .replaceAll(/ +/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !BORDER.test(line) && !REASON.test(line));
}

/** The lines of `shown` that do not follow in `printed`, in this order; others may stand between them. */
export function missingLines(shown: readonly string[], printed: readonly string[]): string[] {
  let next = 0;
  return shown.filter((line) => {
    const found = printed.indexOf(line, next);
    if (found !== -1) next = found + 1;
    return found === -1;
  });
}
