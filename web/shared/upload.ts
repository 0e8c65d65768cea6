/** What a device sends after a run: one JSON document. Whoever takes it chooses the names of files and folders. */
import { z } from 'zod';
import { PAGE_SCENARIOS } from './plannedTest.js';

/** Of the document. The accuracy log of 600 pairs is 10 MB. */
export const MAX_UPLOAD_BYTES = 64 << 20;
const MAX_TESTS = 2 * PAGE_SCENARIOS.length;

/** A short text, shown and kept. */
export const fact = z.string().max(100);
const count = z.int().min(1).max(4096);

/** What a browser says of itself and its device; nothing of it says who owns it. */
export const deviceSchema = z.strictObject({
  /** As its user calls it. */
  name: fact,
  browser: fact,
  platform: fact,
  logicalProcessors: count,
  /** In powers of two, 8 at most; only Chromium tells. */
  memoryGb: z.number().positive().max(4096).optional(),
  /** Of WebGPU. */
  adapter: fact.optional(),
  /** From other pages: without it the clock is coarse. */
  isolated: z.boolean(),
});
export type Device = z.infer<typeof deviceSchema>;

const text = z.string();

const testSchema = z.strictObject({
  scenario: z.enum(PAGE_SCENARIOS),
  mode: z.enum(['AccuracyOnly', 'PerformanceOnly']),
  summary: text,
  detail: text,
  accuracy: text,
  /** In base64; absent where nothing was measured. */
  latencies: z.base64().optional(),
});

export const uploadSchema = z.strictObject({
  /** Also in the detail logs. */
  runId: z.uuid(),
  device: deviceSchema,
  engine: fact,
  planned: z
    .array(z.strictObject({ scenario: testSchema.shape.scenario, mode: testSchema.shape.mode }))
    .min(1)
    .max(MAX_TESTS),
  tests: z.array(testSchema).min(1).max(MAX_TESTS),
});
export type Upload = z.infer<typeof uploadSchema>;
export type UploadedTest = Upload['tests'][number];
