/** What to do about a broken rule, by its name or the beginning of it; the first that fits counts. */
const REMEDIES: readonly [rule: string, remedy: string][] = [
  ['answers every sample once', 'Call querySamplesComplete exactly once for each issued sample.'],
  ['answers with no ids but those issued', 'Answer with the `id` of each issued sample, not with its `index`.'],
  ['answers with ', "Answer with both faces' features in float32: image and mirror image of A, then of B."],
  ['gives completion times', 'Pass nanoseconds of the clock that issueQuery was called by, or leave the time out.'],
  [
    'gives a sample the same answer',
    'Copy each answer before its buffer is used again, and keep nothing between queries.',
  ],
  ['takes queries while others are out', 'Queue queries: issueQuery may be called before earlier ones are answered.'],
  [
    'takes a query from inside',
    'Let issueQuery be called from inside querySamplesComplete: finish your own state first.',
  ],
  ['answers a query of', 'Answer all samples of a query, however many; in parts, if they do not fit into one.'],
  ['may be flushed', 'flushQueries asks only not to wait for more queries. Do nothing if there is nothing to send.'],
  ['says so if it is closed', 'In close, answer what is out, or call `fail` with the reason.'],
  ['answers nothing after close', 'In close, stop what is under way and wait for it before the promise resolves.'],
  ['may be closed twice', 'Return at once if close was called before.'],
  ['keeps nothing running after close', 'In close, clear timers and end workers, child processes and servers.'],
  ['throws or fails at a sample', 'Let the error of `offsetOf` pass, or pass it to `fail`; do not catch it.'],
  ['reads samples from where they are', 'Call `offsetOf` for each query: samples move when they are loaded again.'],
  ['leaves its inputs', 'Copy the inputs before you change them: all queries share them.'],
  ['leaves the inputs', 'Copy the inputs before you change them: all queries share them.'],
  [
    'passes its own check',
    'Let checkUsable return where the engine can run, and throw what is missing where it cannot.',
  ],
  ['says what it is', 'Fill in every field of `description`, with the precision that createEngine was asked for.'],
  ['writes nothing beside', 'Write embeddings into `outputs` alone, as many as there are images in `inputs`.'],
  [
    'throws at inputs',
    'In infer, compare the length of `inputs` with that of an image, and throw if it is no multiple.',
  ],
  [
    'throws at outputs',
    'In infer, compare the length of `outputs` with the images in `inputs`, and throw if it is less.',
  ],
  ['writes nothing after close', 'In close, wait for the inference under way, or stop it.'],
  ['fills all outputs', 'Write every value of `outputs`, and look for what computes NaN or infinity.'],
  ['gives different images', 'Compute from `inputs`: the outputs do not depend on the image.'],
  [
    'gives an image the same embedding alone',
    'Compute each image of a batch by itself; look for a wrong offset into the batch.',
  ],
  [
    'gives an image the same embedding whatever',
    'Keep no state between calls of infer; clear buffers that are used again.',
  ],
  ['gives the same embeddings in engines', 'Give each engine buffers of its own instead of those of the module.'],
  [
    'gives the same embeddings with more threads',
    'Let each thread write into a part of its own, and wait for all of them.',
  ],
];

/** Empty for a rule that is not known. */
export function howToKeep(rule: string): string {
  return REMEDIES.find(([beginning]) => rule.startsWith(beginning))?.[1] ?? '';
}
