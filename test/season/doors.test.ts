/**
 * The sample season through the house's doors, and every command that the docs show, run on it as
 * it is written there.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { announceRuntime, openState } from '../../cli/house/state.ts';
import { seasonEnd } from '../../cli/sample/calendar.ts';
import { loadSampleSeason } from '../../cli/sample/load.ts';
import { sampleSeason } from '../../cli/sample/season.ts';
import { factsConfig } from '../../core/config.ts';
import { ensureHouse } from '../../warehouse/house.ts';
import { openTestHouse, RESEND_SECRET, type TestHouse, TOKEN } from '../house.ts';
import { blockAbove, type DocumentedCommand, documentedCommands } from './documented-commands.ts';

const NOW = Date.UTC(2026, 10, 21, 15);
const IS_WHOLE = Boolean(process.env.FULL);
const PEOPLE = IS_WHOLE ? 340 : 40;
const PATIENCE_MS = 300_000;
const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'signalhouse-docs-'));
let house: TestHouse;

beforeAll(async () => {
  house = await openTestHouse({ env: { NOW: String(NOW) } });
});
afterAll(async () => {
  await house?.close();
  rmSync(folder, { recursive: true, force: true });
});

it(
  'takes the sample season in through its doors, each fact once',
  async () => {
    await loadSampleSeason({
      url: house.url,
      token: TOKEN,
      resendSecret: RESEND_SECRET,
      now: NOW,
      db: house.db,
      people: PEOPLE,
    });
    const rows = await house.db
      .prepare(
        'select (select count(*) from contacts) as contacts, (select count(*) from ' +
          'email_events) as events, (select max(occurred_at) from email_events) as latest',
      )
      .first<{ contacts: number; events: number; latest: number }>();
    const mail = sampleSeason(NOW, PEOPLE).filter(
      (d) => d.door === 'webhook' && d.payload.type.startsWith('email.'),
    );
    expect(rows?.contacts).toBe(PEOPLE);
    expect(rows?.events).toBe(mail.length);
    expect(rows?.latest).toBeLessThan(seasonEnd(NOW));
  },
  PATIENCE_MS,
);

/** What needs a Google account, or a file of the reader's own. */
const ELSEWHERE = /google|sheets|bigquery|people\.csv|spend\.csv/;
const pageOf = (page: string) => new URL(`../../${page}`, import.meta.url);
const pages = ['README.md', 'docs/attribution.md', 'docs/cli.md', 'docs/looker.md'];
const documented = pages.flatMap((page) =>
  documentedCommands(pageOf(page))
    .filter(({ command }) => !ELSEWHERE.test(command))
    .map((found) => ({ page, ...found })),
);

/** What the other commands read; it is run once, before them. */
const EXPORT = 'npm run -s signalhouse -- export';

/**
 * The command in a shell as a reader pastes it, in a folder that looks like the clone; only npm's
 * own start is left out.
 */
function run(command: string): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const node = `'${process.execPath}' --import '${root}cli/text-loader.mjs'`;
  const npm = `npm() { shift 4; ${node} '${root}cli/main.ts' "$@"; }`;
  const child = spawn('bash', ['-c', `${npm}\n${command}`], {
    cwd: folder,
    env: { ...process.env, SIGNALHOUSE_STATE: folder, NOW: String(NOW) },
  });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].on('data', (bytes) => {
      said[name] += bytes;
    });
  return new Promise((done) => child.on('close', (code) => done({ code, ...said })));
}

/**
 * Every command that has a figure of the season shows the whole season's; a smaller one has the
 * same columns.
 */
const isOfSeason = ({ command }: DocumentedCommand) => !command.includes('paths.csv --models');
const firstLines = (text: string) => text.split('\n')[0]!.split(/\s+/);

describe('a command in the docs', () => {
  beforeAll(async () => {
    const state = openState(folder);
    const env = {
      API_TOKEN: TOKEN,
      RESEND_WEBHOOK_SECRET: RESEND_SECRET,
      CONTACT_KEY_SECRET: 'test-contact-key-secret',
      HOUSE_ID: 'test-house',
    };
    const own = { ...state.house, house_id: env.HOUSE_ID, api_token: TOKEN };
    writeFileSync(join(folder, 'house.json'), JSON.stringify(own));
    await ensureHouse(house.db, factsConfig({ ...env, NOW: String(NOW) }));
    await house.db.prepare('update house set is_sample = 1').run();
    announceRuntime(openState(folder), house.url.origin);
    symlinkSync(join(root, 'examples'), join(folder, 'examples'));
    writeFileSync(
      join(folder, 'paths.csv'),
      blockAbove(pageOf('docs/attribution.md'), 'attribute paths.csv'),
    );
    expect(await run(EXPORT)).toMatchObject({ code: 0 });
  }, PATIENCE_MS);

  it('is shown on every page that shows the command line', () => {
    expect(documented.map(({ command }) => command)).toContain(EXPORT);
    expect(documented.length).toBeGreaterThan(8);
    expect(documented.filter(({ output }) => output).length).toBeGreaterThan(3);
  });

  it.each(documented.filter(({ command }) => command !== EXPORT))(
    'in $page does what it says: $command',
    async (found) => {
      const { code, stdout, stderr } = await run(found.command);
      expect([code, stderr]).toEqual([0, expect.any(String)]);
      if (found.output === null) return expect(stdout.trim()).not.toBe('');
      if (IS_WHOLE || !isOfSeason(found)) expect(stdout.trimEnd()).toBe(found.output.trimEnd());
      else expect(firstLines(stdout)).toEqual(firstLines(found.output));
    },
    PATIENCE_MS,
  );
});
