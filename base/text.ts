/**
 * Text from outside as it may stand in a report or on a terminal: control, formatting and line-breaking characters
 * become visible escapes, and what is too long is cut.
 */
export function printable(text: string, maxLength = 300): string {
  const cut = text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
  return cut.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) => {
    const codePoint = character.codePointAt(0) ?? 0;
    return `\\u{${codePoint.toString(16)}}`;
  });
}

/** What a schema finds wrong, each with its place: `inputs.0.shape: expected array`. */
export function schemaFaults(
  { issues }: { readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[] },
  nameOfAll = '',
): string[] {
  return issues.map(({ path, message }) => {
    const place = path.join('.') || nameOfAll;
    return place === '' ? message : `${place}: ${message}`;
  });
}

/** Far above every file that is read; JSON.parse takes 100 bytes and more for a level, which is one byte of the text. */
const MAX_JSON_DEPTH = 200;

/** Undefined where the text is not JSON, or has lists or objects more than `maxDepth` deep. */
export function parseJson(text: string, maxDepth = MAX_JSON_DEPTH): unknown {
  try {
    return decodeJson(text, undefined, maxDepth);
  } catch {
    return undefined;
  }
}

/** @throws SyntaxError if the text is not JSON, or has lists or objects more than `maxDepth` deep */
export function decodeJson(
  text: string,
  reviver?: (key: string, value: unknown) => unknown,
  maxDepth = MAX_JSON_DEPTH,
): unknown {
  if (isNestedDeeper(text, maxDepth)) throw new SyntaxError(`found lists or objects more than ${maxDepth} deep`);
  return JSON.parse(text, reviver);
}

function isNestedDeeper(text: string, maxDepth: number): boolean {
  let depth = 0;
  for (let position = 0; position < text.length && depth <= maxDepth; position++) {
    const character = text[position];
    if (character === '"') position = endOfString(text, position);
    else if (character === '[' || character === '{') depth++;
    else if (character === ']' || character === '}') depth--;
  }
  return depth > maxDepth;
}

/** Where the string that starts at `start` ends. */
function endOfString(text: string, start: number): number {
  let end = start;
  do {
    end = text.indexOf('"', end + 1);
  } while (end !== -1 && isEscaped(text, end));
  return end === -1 ? text.length : end;
}

function isEscaped(text: string, position: number): boolean {
  let start = position;
  while (text[start - 1] === '\\') start--;
  return (position - start) % 2 === 1;
}
