/**
 * The real binary: wrong arguments are told apart from what is not there, and data stays off
 * stderr.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { migrate } from '../house.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const state = mkdtempSync(join(tmpdir(), 'signalhouse-cli-'));
migrate(join(state, 'data'));
afterAll(() => rmSync(state, { recursive: true, force: true }));

const signalhouse = (...args: string[]) =>
  spawnSync(process.execPath, ['--import', './cli/text-loader.mjs', 'cli/main.ts', ...args], {
    cwd: root,
    env: { ...process.env, SIGNALHOUSE_STATE: state, BIGQUERY_PROJECT: 'p', BIGQUERY_DATASET: 'd' },
    encoding: 'utf8',
  });

describe('signalhouse', () => {
  it.each([
    [2, ['nonsense']],
    [2, ['sql']],
    [2, ['list', 'people']],
    [2, ['list', 'calls', '--status', 'nope']],
    [2, ['export', '--to', 'paper']],
    [4, ['sql', 'select 1']],
    [4, ['looker', 'fields', 'nothing']],
  ])('ends with %i for %j, with nothing on stdout', (code, args) => {
    const run = signalhouse(...args);
    expect([run.status, run.stdout]).toEqual([code, '']);
    expect(run.stderr).not.toBe('');
  });

  it('names the statuses that a list has', () => {
    expect(signalhouse('list', 'campaigns', '--status', 'nope').stderr).toBe(
      'usage: campaigns have no status nope; choose one of draft, active, paused, complete\n',
    );
  });

  it('says in a line that a list is empty', () => {
    expect(signalhouse('list', 'calls', '--status', 'done').stdout).toBe(
      'No calls with the status done.\n',
    );
  });

  it('keeps the secrets of a house to its owner', () => {
    signalhouse('sql', 'select 1');
    expect(statSync(join(state, 'house.json')).mode & 0o777).toBe(0o600);
  });

  it('prints the address of a report as one JSON line', () => {
    const run = signalhouse('looker', 'link', '--to', 'bigquery', '--json');
    expect(run.status).toBe(0);
    expect(new URL(JSON.parse(run.stdout).url).searchParams.get('ds.ds0.projectId')).toBe('p');
  });
});
