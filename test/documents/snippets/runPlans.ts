import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Place } from './place.js';
import { commandsOf, type Snippet, snippetsOf } from './snippet.js';
import type { Plan, Treatment } from './treatment.js';

/** Follows documents one after the other, as one reader would, in one place. */
export function runPlans(plans: Readonly<Record<string, Plan>>): void {
  if (process.platform === 'win32') {
    test('what documents show', { skip: 'there is no sh' });
    return;
  }
  const place = new Place();
  after(() => place.close());
  for (const [document, { prepare, snippets: treatments }] of Object.entries(plans)) {
    const shown = snippetsOf(document);
    test(`${document}: what is shown is so`, async (t) => {
      await prepare?.(place, shown);
      for (const [index, snippet] of shown.entries()) {
        const treatment = treatments[index];
        if (treatment === undefined || 'unchecked' in treatment) continue;
        await t.test(`line ${snippet.line}`, () => treat(snippet, treatment, place));
      }
    });
  }
}

async function treat(
  snippet: Snippet,
  treatment: Exclude<Treatment, { unchecked: string }>,
  place: Place,
): Promise<void> {
  if ('check' in treatment) return treatment.check(snippet, place);
  for (const shown of commandsOf(snippet)) {
    const way = treatment.commands[shown.command];
    assert.ok(way !== undefined, `nothing is said about: ${shown.command}`);
    if (typeof way !== 'string') await way(shown, place);
  }
}
