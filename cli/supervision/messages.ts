/** What the supervised process and its supervisor say to each other. */
import { z } from 'zod';
import { ERROR_CODES, type ErrorCode } from '../../base/errorCodes.js';
import { LoadGenError } from '../../base/errors.js';
import { STAGE_NAMES } from './stages.js';

const errorSchema = z.object({
  code: z.custom<ErrorCode>((code) => typeof code === 'string' && Object.hasOwn(ERROR_CODES, code)),
  message: z.string(),
  hint: z.string().optional(),
});
export type PlainError = z.infer<typeof errorSchema>;

const configurationSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/** Sent from a process where anything may have been replaced, so that they are checked like a file. */
export const reportSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('stage'), stage: z.enum(STAGE_NAMES) }),
  /** The system under test is there. */
  z.object({ type: z.literal('system'), name: z.string(), configuration: configurationSchema }),
  /** What the system is expected to do, as measured before the test. */
  z.object({
    type: z.literal('expectation'),
    key: z.enum(['target_latency', 'target_qps']),
    value: z.number(),
    settings: z.record(z.string(), z.number()),
    tookMs: z.number(),
  }),
  z.object({ type: z.literal('progress'), share: z.number() }),
  /** To a request. */
  z.object({ type: z.literal('answer'), content: z.unknown() }),
  z.object({ type: z.literal('result'), result: z.unknown() }),
  z.object({ type: z.literal('fault'), error: errorSchema }),
  /** What went wrong after the result, and what keeps the process alive. */
  z.object({ type: z.literal('remark'), text: z.string() }),
]);
export type Report = z.infer<typeof reportSchema>;

/** What is sent either way. The system under test may use the channel too, but does not know the token. */
export const envelopeSchema = z.object({ token: z.string(), content: z.unknown() });
export interface Envelope<Content> {
  readonly token: string;
  readonly content: Content;
}

export type Order =
  | { readonly type: 'start'; readonly job: string; readonly options: unknown }
  /** Of a job that answers requests. */
  | { readonly type: 'request'; readonly content: unknown }
  /** There will be no more requests. */
  | { readonly type: 'end' }
  | { readonly type: 'abort' };

export function plainError({ code, message, hint }: LoadGenError): PlainError {
  return hint === undefined ? { code, message } : { code, message, hint };
}

export function errorFromPlain({ code, message, hint }: PlainError): LoadGenError {
  return new LoadGenError(code, message, hint === undefined ? {} : { hint });
}
