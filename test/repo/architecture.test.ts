/** docs/architecture.md draws the rooms and folders that the code has. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allowed, edges, ROOT, sources } from './rooms.ts';

const page = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8');

/** The table of rooms: room → the rooms it imports. */
function drawnImports(): Record<string, string[]> {
  const rows = [...page.matchAll(/^\| `([\w/]+)` \| [^|]+ \| ([^|]+) \|$/gm)];
  return Object.fromEntries(
    rows.map(([, room, imports]) => [
      room!,
      [...imports!.matchAll(/`([\w/]+)`/g)].map(([, name]) => name!).sort(),
    ]),
  );
}

/** What the files of each room import. */
function actualImports(): Record<string, string[]> {
  const found = sources.flatMap(edges);
  const rooms = Object.keys(allowed).filter((room) => room !== 'test' && room !== 'bench');
  return Object.fromEntries(
    rooms.map((room) => {
      const imported = found.filter(([from, to]) => from === room && to in allowed);
      return [room, [...new Set(imported.map(([, to]) => to))].sort()];
    }),
  );
}

/** The folders of the block: two spaces deeper is a folder within; `a/b` stands for itself. */
function drawnFolders(): string[] {
  const block = page.split('## The folders')[1]!;
  const above: string[] = [];
  return [...block.matchAll(/^ {4}( *)([\w/]+)/gm)].map(([, indent, name]) => {
    const depth = indent!.length / 2;
    above.length = depth;
    above.push(name!);
    return above.join('/');
  });
}

const foldersOf = (path: string): string[] =>
  readdirSync(join(ROOT, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => `${path}/${entry.name}`);

/** The folders of code: rooms, the folders within, and those within Workers and views. */
function actualFolders(): string[] {
  const rooms = [...new Set(Object.keys(allowed).map((room) => room.split('/')[0]!))];
  const drawn = [...rooms.filter((room) => room !== 'test'), 'migrations'];
  return drawn.flatMap((room) => {
    const within = foldersOf(room);
    const deeper = within.filter((path) => /^(workers\/|sql\/views)/.test(path));
    return [room, ...within.filter((path) => path !== 'sql/views'), ...deeper.flatMap(foldersOf)];
  });
}

describe('docs/architecture.md', () => {
  it('says what each room imports', () => {
    expect(drawnImports()).toEqual(actualImports());
  });

  it('lists every folder of code, and no other', () => {
    expect(drawnFolders().sort()).toEqual(actualFolders().sort());
  });
});
