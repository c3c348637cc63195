/**
 * Wrong arguments are told apart from what is not there, and data stays off stderr: by the real
 * binary once for each, since a process takes seconds to start.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { migrate } from '../house.ts';
import { signalhouse } from './signalhouse.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const state = mkdtempSync(join(tmpdir(), 'signalhouse-cli-'));
migrate(join(state, 'data'));
afterEach(() => void vi.unstubAllEnvs());
afterAll(() => rmSync(state, { recursive: true, force: true }));

/** In a process of its own: what only the binary shows. */
const binary = (...args: string[]) =>
  spawnSync(process.execPath, ['--import', './cli/text-loader.mjs', 'cli/main.ts', ...args], {
    cwd: root,
    env: { ...process.env, SIGNALHOUSE_STATE: state },
    encoding: 'utf8',
  });
const here = (...args: string[]) => signalhouse(state, ...args);

describe('signalhouse', () => {
  it.each([
    [2, ['nonsense']],
    [4, ['sql', 'select 1']],
  ])('ends with %i for %j, with nothing on stdout', (code, args) => {
    const run = binary(...args);
    expect([run.status, run.stdout]).toEqual([code, '']);
    expect(run.stderr).not.toBe('');
    // It has opened the house's folder, whose secrets are its owner's.
    if (code === 4) expect(statSync(join(state, 'house.json')).mode & 0o777).toBe(0o600);
  });

  it('says in a line that a list is empty', () => {
    expect(binary('list', 'calls', '--status', 'done').stdout).toBe(
      'No calls with the status done.\n',
    );
  });

  it.each([
    [2, ['sql']],
    [2, ['list', 'people']],
    [2, ['list', 'calls', '--status', 'nope']],
    [2, ['export', '--to', 'paper']],
    [4, ['looker', 'fields', 'nothing']],
  ])('gives %i for %j, with nothing on stdout', async (code, args) => {
    const run = await here(...args);
    expect([run.status, run.stdout]).toEqual([code, '']);
    expect(run.stderr).not.toBe('');
  });

  it('names the statuses that a list has', async () => {
    expect((await here('list', 'campaigns', '--status', 'nope')).stderr).toBe(
      'usage: campaigns have no status nope; choose one of draft, active, paused, complete\n',
    );
  });

  it('prints the address of a report as one JSON line', async () => {
    vi.stubEnv('BIGQUERY_PROJECT', 'p');
    vi.stubEnv('BIGQUERY_DATASET', 'd');
    const run = await here('looker', 'link', '--to', 'bigquery', '--json');
    expect(run.status).toBe(0);
    expect(new URL(JSON.parse(run.stdout).url).searchParams.get('ds.ds0.projectId')).toBe('p');
  });
});
