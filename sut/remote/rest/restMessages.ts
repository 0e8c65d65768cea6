import { z } from 'zod';
import { parseJson, printable } from '../../../base/text.js';
import { checkMessage } from '../checkAnswer.js';
import type { ModelDescription, ServerDescription } from '../connection.js';
import { ServerFailure } from '../serverFailure.js';

const aShortText = z.string().max(1000);
const texts = z.array(aShortText).max(1000).nullish();
const tensor = z.object({
  name: aShortText,
  datatype: aShortText,
  // Servers that do not know a size say null.
  shape: z
    .array(z.number().nullable())
    .max(100)
    .transform((sizes) => sizes.map((size) => size ?? -1)),
});
const tensors = z.array(tensor).max(1000).nullish();

const serverMetadata = z.object({ name: aShortText, version: aShortText.nullish(), extensions: texts });
const modelMetadata = z.object({ versions: texts, platform: aShortText.nullish(), inputs: tensors, outputs: tensors });
const readiness = z.object({ ready: z.boolean() });
const fault = z.object({ error: z.string() });

/** @throws ServerFailure if the text is something else */
export function parseServerMetadata(text: string): ServerDescription {
  const { name, version, extensions } = parse(serverMetadata, text, 'as metadata of the server');
  return { name, version: version ?? '', extensions: extensions ?? [] };
}

/** @throws ServerFailure if the text is something else */
export function parseModelMetadata(text: string): ModelDescription {
  const { versions, platform, inputs, outputs } = parse(modelMetadata, text, 'as metadata of the model');
  return { versions: versions ?? [], platform: platform ?? '', inputs: inputs ?? [], outputs: outputs ?? [] };
}

/** Whether an answer with status 200 says that something is not ready all the same. */
export function deniesReadiness(text: string): boolean {
  return readiness.safeParse(parseJson(text)).data?.ready === false;
}

/** What the server says of an error, on one line. */
export function errorText(body: string): string {
  const { data } = fault.safeParse(parseJson(body));
  return printable((data?.error ?? body).replace(/\s+/g, ' ').trim());
}

/** @throws ServerFailure naming what is wrong */
export function parse<Message>(schema: z.ZodType<Message>, text: string, as: string): Message {
  const json = parseJson(text);
  if (json === undefined) throw new ServerFailure(`answered ${as} what is not JSON: "${printable(text, 80)}"`);
  return checkMessage(schema, json, as);
}
