/** How long a server may take for what is asked before it is measured, and how large an answer may be. */

export const CONNECT_LIMIT_MS = 10_000;
/** For an answer that needs no computing. */
export const QUESTION_LIMIT_MS = 10_000;
/** For the server to let go of shared memory, when nothing is asked any more. */
export const RELEASE_LIMIT_MS = 1000;
/** For the first inference, before which a server may load its model. */
export const FIRST_ANSWER_LIMIT_MS = 60_000;

/** Until all that was answered is counted in the server's statistics, which are read again after each pause. */
export const COUNTING_LIMIT_MS = 1000;
export const COUNTING_PAUSE_MS = 20;

/** For metadata, and for what stands around tensors. */
const MESSAGE_BYTES = 256 * 1024;
/** A float32 as a number in JSON, in lists in lists. */
const JSON_VALUE_BYTES = 64;

/** No answer has more bytes. */
export function maxAnswerBytes(images: number, embeddingValues: number): number {
  return MESSAGE_BYTES + images * embeddingValues * JSON_VALUE_BYTES;
}
