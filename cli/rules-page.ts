/**
 * `docs/rules.md`: the one file of each rule. A file says in its first comment which it is home of.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUNDLED, ROOT } from './house/build.ts';

const ROOMS = [...BUNDLED, 'cli', 'test'];
/** A number for the rule itself, a letter for a part of it. */
const RULE_ID = /\b[GPFLSCEAQR][1-9]\d?[a-d]?\b/g;
const HOME = /^(?:--| \*) Home of ([^.]+)\.$/m;

export const rulesIn = (text: string): string[] => text.match(RULE_ID) ?? [];

/** The texts of the files that may hold or cite rules, by their paths. */
export const sources = (): Map<string, string> =>
  new Map(
    ROOMS.flatMap((room) =>
      readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(ts|sql)$/.test(name) && !name.includes('node_modules'))
        .sort()
        .map((name): [string, string] => [
          `${room}/${name}`,
          readFileSync(join(ROOT, room, name), 'utf8'),
        ]),
    ),
  );

/** The files that say they are the home of a rule, by its id. */
export function homes(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [path, text] of sources())
    for (const id of rulesIn(HOME.exec(text)?.[1] ?? ''))
      found.set(id, [...(found.get(id) ?? []), path]);
  return found;
}

export function rulesPage(): string {
  const order = new Intl.Collator('en', { numeric: true }).compare;
  const rows = [...homes()].sort(([a], [b]) => order(a, b));
  return [
    '# Where each rule lives',
    '',
    'Rules have ids. Each has one home, the file that decides it and says so in its first comment:',
    '`git grep "Home of.*R8d"` finds it. Files that depend on the rule cite its id, and so do the',
    'tests that hold it. `npm run contracts` writes this page.',
    '',
    '| rule | home |',
    '|---|---|',
    ...rows.map(([id, files]) => `| ${id} | \`${files.join('`, `')}\` |`),
    '',
  ].join('\n');
}
