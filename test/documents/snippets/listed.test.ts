/** No snippet without a plan, and no command that the command line does not know, whether or not it is run. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { checkOptionValues } from '../../../cli/checkOptionValues.js';
import { commandLine, helpOf } from '../../../cli/commandLine.js';
import { checkCommandWords } from '../../../cli/commandWords.js';
import { ROOT, readDocument } from '../markdown.js';
import { PLANS } from './plans/index.js';
import { commandsOf, documentsWithSnippets, snippetsOf } from './snippet.js';
import type { Treatment } from './treatment.js';

class Understood extends Error {}

test('every document with snippets has a plan, and no other', () => {
  assert.deepEqual(Object.keys(PLANS).sort(), documentsWithSnippets().sort());
});

for (const [document, plan] of Object.entries(PLANS)) {
  test(`the plan of ${document} names every snippet and command, in order`, () => {
    const shown = snippetsOf(document).map((snippet) => ({
      language: snippet.language,
      commands: snippet.language === 'sh' ? commandsOf(snippet).map(({ command }) => command) : [],
    }));
    assert.deepEqual(plan.snippets.map(namedBy), shown);
  });
}

test('npm start ends with the benchmark that the README shows', () => {
  const { scripts } = z
    .object({ scripts: z.object({ start: z.string(), 'docs:api': z.string() }) })
    .parse(JSON.parse(readDocument('package.json')));
  assert.match(scripts.start, / run --quick$/);
});

test('every example program is shown', () => {
  const shown = readDocument('examples/README.md');
  const programs = readdirSync(join(ROOT, 'examples/library'));
  assert.deepEqual(
    programs.filter((name) => !shown.includes(`$ node examples/library/${name} logs\n`)),
    [],
  );
});

const commands = documentsWithSnippets()
  .flatMap((document) => snippetsOf(document))
  .filter(({ language }) => language === 'sh')
  .flatMap((snippet) => commandsOf(snippet).flatMap(({ command }) => command.split(' && ')))
  .filter((command) => command.startsWith('npx loadgen '))
  .map((command) => command.replace('npx loadgen ', ''));
const examples = [...readDocument('docs/command-line.md').matchAll(/^Examples:\n((?: {2}.*\n)+)/gm)].flatMap(
  ([, lines = '']) => exampleCommands(lines),
);

const ofWorkflow = workflowCommands('examples/github-actions/compare.yml');

for (const shown of new Set([...commands, ...examples, ...ofWorkflow])) {
  const command = shown.replace(/ > \S+$/, '');
  test(`the command line understands: loadgen ${command}`, async () => {
    assert.doesNotMatch(command, /["$\\]/, 'this test knows single quotes alone');
    const words = command.match(/'[^']*'|\S+/g) ?? [];
    await assert.rejects(parse(words.map((word) => word.replaceAll("'", ''))), Understood);
  });
}

test('commands and examples are found', () => {
  assert.ok(commands.length > 30 && examples.length > 20);
  assert.equal(ofWorkflow.length, 2);
});

for (const command of ['runs', 'run --quik', 'compare', 'run --pairs', 'run --sut null x', 'pairs ~/faces --same']) {
  test(`the command line does not understand: loadgen ${command}`, async () => {
    await assert.rejects(parse(command.split(' ')), (thrown) => !(thrown instanceof Understood));
  });
}

function namedBy(treatment: Treatment): { language: string; commands: string[] } {
  return {
    language: treatment.language,
    commands: 'commands' in treatment ? Object.keys(treatment.commands) : [],
  };
}

function workflowCommands(file: string): string[] {
  const step = z.object({ run: z.string().optional() });
  const workflow = z.object({ jobs: z.record(z.string(), z.object({ steps: z.array(step) })) });
  const { jobs } = workflow.parse(parseYaml(readDocument(file)));
  const lines = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run?.split('\n') ?? []));
  return lines.filter((line) => line.startsWith('npx loadgen ')).map((line) => line.replace('npx loadgen ', ''));
}

/** The first column of a help's examples, which is wrapped. */
function exampleCommands(lines: string): string[] {
  const columns = [...lines.matchAll(/^ {2}(\S.*?)(?: {2,}.*)?$/gm)].map(([, column = '']) => column);
  return columns
    .join(' ')
    .split(/(?:^| )loadgen /)
    .slice(1);
}

/** As the program does, until the command would start. */
async function parse(args: readonly string[]): Promise<void> {
  await checkCommandWords(args, helpOf);
  await commandLine(args)
    .middleware((options) => checkOptionValues(args, options), true)
    .middleware(() => {
      throw new Understood();
    })
    .fail((message: string | null, error) => {
      throw message === null ? error : new Error(message);
    })
    .parseAsync();
}
