/** What documents show as TypeScript is held to the package's types. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';
import { documents, ROOT, readDocument } from '../markdown.js';

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
  noEmit: true,
};
/** What is the reader's own in the snippets. */
const READERS_OWN = '\ndeclare function answer(index: number): Uint8Array;\n';

const snippets = new Map(documents().flatMap(typeScriptOf));

test('documents show TypeScript', () => assert.ok(snippets.size >= 3));

test('what documents show as TypeScript compiles', () => {
  const host = ts.createCompilerHost(OPTIONS);
  const readFile = host.readFile.bind(host);
  const fileExists = host.fileExists.bind(host);
  host.readFile = (path) => snippets.get(path) ?? readFile(path);
  host.fileExists = (path) => snippets.has(path) || fileExists(path);
  host.getSourceFile = (path, language) => {
    const text = host.readFile(path);
    return text === undefined ? undefined : ts.createSourceFile(path, text, language);
  };
  const program = ts.createProgram([...snippets.keys()], OPTIONS, host);
  const faults = [...snippets.keys()].flatMap((path) =>
    ts.getPreEmitDiagnostics(program, program.getSourceFile(path)).map(({ start = 0, messageText }) => {
      const text = ts.flattenDiagnosticMessageText(messageText, ' ');
      return `${path}: ${text} at: ${snippets.get(path)?.slice(start, start + 40)}`;
    }),
  );
  assert.deepEqual(faults, []);
});

/** Each block with the path of a file in the package's root, so that it imports the package by its own name. */
function typeScriptOf(path: string): [string, string][] {
  const blocks = [...readDocument(path).matchAll(/^```ts\n(.*?)^```/gms)];
  return blocks.map(([, code = ''], index) => [
    join(ROOT, `${path.replaceAll('/', '_')}_${index}.ts`),
    code + READERS_OWN,
  ]);
}
