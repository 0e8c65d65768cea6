import { z } from 'zod';
import type { MeasuredFigure } from './readFigures.js';
import { FIGURE_UNITS } from './runRecord.js';

/** The value of a figure as reports in JSON state it. */
export const measurementSchema = z.strictObject({
  /** Null: not a number. */
  value: z.number().nullable(),
  /** Encloses the true figure with this result's confidence. */
  interval: z.tuple([z.number(), z.number()]).nullable(),
  /** Why there is no interval. */
  noInterval: z.string().nullable(),
});

/** A figure of one run. */
export const figureSchema = z.strictObject({
  name: z.string(),
  unit: z.enum(FIGURE_UNITS),
  ...measurementSchema.shape,
});

export function figureOf(figure: MeasuredFigure): z.infer<typeof figureSchema> {
  return { name: figure.name, unit: figure.unit, ...measurementOf(figure) };
}

export function measurementOf({ value, interval, noInterval }: MeasuredFigure): z.infer<typeof measurementSchema> {
  return {
    value: numberOrNull(value),
    interval: interval === undefined ? null : [interval[0], interval[1]],
    noInterval: noInterval ?? null,
  };
}

/** JSON has neither infinity nor NaN. */
export function numberOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
