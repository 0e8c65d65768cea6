const DURATION_UNITS = [
  { name: 's', ns: 1e9 },
  { name: 'ms', ns: 1e6 },
  { name: 'µs', ns: 1e3 },
] as const;

/** `112.5 ms`: four significant digits in the largest unit that leaves a figure of at least 1. */
export function formatDurationNs(durationNs: number): string {
  if (!Number.isFinite(durationNs)) return 'n/a';
  const rounded = Number(durationNs.toPrecision(4));
  const unit = DURATION_UNITS.find(({ ns }) => rounded >= ns) ?? { name: 'ns', ns: 1 };
  return `${formatFigure(durationNs / unit.ns)} ${unit.name}`;
}

/** `1,183,000`: four significant digits, never an exponent. */
export function formatFigure(figure: number): string {
  return Number.isFinite(figure) ? FOUR_DIGITS.format(figure) : 'n/a';
}

const FOUR_DIGITS = new Intl.NumberFormat('en-US', { minimumSignificantDigits: 4, maximumSignificantDigits: 4 });

/** `2 %`, `1.53 %`: of a share, at most two decimals. */
export function percentText(share: number): string {
  return `${Number((100 * share).toFixed(2))} %`;
}
