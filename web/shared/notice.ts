/** What a page says of itself while it is open, for the terminal of whoever hands it out. */
import { z } from 'zod';
import { MAX_REASON_LENGTH } from './manifest.js';
import { PAGE_SCENARIOS } from './plannedTest.js';
import { deviceSchema, fact } from './upload.js';

const eventSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('opened') }),
  z.strictObject({ kind: z.literal('measures'), engine: fact, scenario: z.enum(PAGE_SCENARIOS) }),
  z.strictObject({ kind: z.literal('failed'), engine: fact, reason: z.string().max(MAX_REASON_LENGTH) }),
  z.strictObject({ kind: z.literal('stopped') }),
]);
export type PageEvent = z.infer<typeof eventSchema>;

export const noticeSchema = z.strictObject({ device: deviceSchema, event: eventSchema });
export type Notice = z.infer<typeof noticeSchema>;
