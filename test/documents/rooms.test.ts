import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT, readDocument } from './markdown.js';

const EVERYTHING = 'everything';
const SECTION = /^## Rooms$[^|]*^\| folder .*\n(?<rows>(?:\|.*\n)+)/m;
/** What every room may import. */
const FOUNDATION = 'base';

const rows = (SECTION.exec(readDocument('ARCHITECTURE.md'))?.groups?.rows ?? '').trim().split('\n').slice(1);

test('ARCHITECTURE lists rooms', () => assert.ok(rows.length > 10));

for (const row of rows) {
  const [, folders = '', , imports = ''] = row.split('|').map((cell) => cell.trim());
  if (imports === EVERYTHING) continue;
  const rooms = namesIn(folders);
  test(`${rooms.join(' and ')} import what ARCHITECTURE says, and nothing else`, () => {
    const allowed = new Set([FOUNDATION, ...rooms, ...namesIn(imports)]);
    const strangers = rooms.flatMap(importedRooms).filter(({ imported }) => !allowed.has(imported));
    assert.deepEqual(strangers, []);
  });
}

/** `platform/node/` is the room platform. */
function namesIn(cell: string): string[] {
  return [...cell.matchAll(/`([\w-]+)/g)].map(([, name = '']) => name);
}

function importedRooms(room: string): { file: string; imported: string }[] {
  const files = readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  return files.flatMap((name) => {
    const file = `${room}/${name.replaceAll('\\', '/')}`;
    const toRoot = '../'.repeat(file.split('/').length - 1);
    const paths = [...readFileSync(join(ROOT, file), 'utf8').matchAll(/(?:from|import\() ?'(\.\.\/[^']+)'/g)];
    return paths
      .map(([, path = '']) => path)
      .filter((path) => path.startsWith(toRoot))
      .map((path) => ({ file, imported: path.slice(toRoot.length).split('/')[0] ?? '' }));
  });
}
