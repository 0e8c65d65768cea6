import { documents, readDocument } from '../markdown.js';

/** A fenced block of a document. */
export interface Snippet {
  readonly document: string;
  /** Of the fence, counted from 1. */
  readonly line: number;
  /** What stands behind the fence, such as `sh`; often nothing. */
  readonly language: string;
  readonly code: string;
}

export interface ShownCommand {
  /** Without its comment. */
  readonly command: string;
  /** What is shown below it, where commands stand behind a `$`. */
  readonly output: string;
}

const FENCED = /^( *)```(\w*)\n(.*?)^\1```$/gms;
const PROMPT = '$ ';

export function snippetsOf(document: string): Snippet[] {
  const text = readDocument(document);
  return [...text.matchAll(FENCED)].map(({ index, 2: language = '', 3: code = '' }) => ({
    document,
    line: text.slice(0, index).split('\n').length,
    language,
    code,
  }));
}

/** The documents that have any. */
export function documentsWithSnippets(): string[] {
  return documents().filter((document) => snippetsOf(document).length > 0);
}

export function commandsOf({ code }: Snippet): ShownCommand[] {
  if (code.startsWith(PROMPT)) {
    return code
      .slice(PROMPT.length)
      .split(`\n${PROMPT}`)
      .map((part) => {
        const [command = '', ...output] = part.split('\n');
        return { command, output: output.join('\n') };
      });
  }
  const lines = code.split('\n').map((line) => line.replace(/ +#.*$/, ''));
  return lines.filter((line) => line !== '').map((command) => ({ command, output: '' }));
}
