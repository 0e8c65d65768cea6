import { z } from 'zod';
import { viewerTraces } from '../../../reports/trace/viewerTrace.js';
import { openRun } from '../../../runs/openRun.js';

const eventSchema = z.strictObject({
  name: z.string(),
  cat: z.string().optional(),
  ph: z.enum(['M', 'X', 'C', 'b', 'e']),
  pid: z.literal(1),
  tid: z.int().min(1).max(4097),
  id: z.int().optional(),
  ts: z.number().nonnegative().optional(),
  dur: z.number().nonnegative().optional(),
  args: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
});

const traceSchema = z.strictObject({
  displayTimeUnit: z.literal('ns'),
  otherData: z.record(z.string(), z.string()),
  traceEvents: z.array(eventSchema),
});

/** The text for viewers of a folder's only performance test. */
export async function viewerText(folder: string): Promise<string> {
  const parts: string[] = [];
  for await (const trace of viewerTraces(await openRun(folder)))
    for await (const chunk of trace.chunks(() => {})) parts.push(chunk);
  return parts.join('');
}

/** The same as a viewer has it: valid JSON, with what the format asks for. */
export async function viewerTrace(folder: string): Promise<z.infer<typeof traceSchema>> {
  return traceSchema.parse(JSON.parse(await viewerText(folder)));
}
