/** `start`: the whole product on this machine, with a sample season if the house is empty. */
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Door } from '../../workers/ingest/doors/door.ts';
import { doors } from '../../workers/ingest/doors/index.ts';
import { whyOff } from '../../workers/ingest/doors/secrets.ts';
import type { Call } from '../command.ts';
import { UsageError } from '../exit.ts';
import { openWithSample } from '../first-season.ts';
import { buildWorkers } from '../house/build.ts';
import { type Cron, cronsOfHouse, tickCrons } from '../house/crons.ts';
import { watchInbox } from '../house/inbox.ts';
import { type OpenHouse, openHouse } from '../house/open.ts';
import { settingsOf } from '../house/settings.ts';
import {
  announceRuntime,
  findRuntime,
  openState,
  retractRuntime,
  type State,
  switchHouse,
} from '../house/state.ts';
import { untilStopped } from '../house/stop.ts';
import { lastPublished, WORKBOOK } from '../published.ts';
import { textTable } from '../text-table.ts';

const USUAL_PORT = 8787;

function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError('--port must be a whole number from 0 to 65535');
  return port;
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((answer) => {
    const probe = createServer();
    probe.once('error', () => answer(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => answer(true)));
  });

/** The workbook of this house, or null before the first export. */
export function workbookOf(state: State): string | null {
  const last = lastPublished(state);
  const workbook = last && join(last.folder, WORKBOOK);
  return workbook && existsSync(workbook) ? workbook : null;
}

/** What a program needs to talk to the house: of every door that is on, its address and secret. */
function addressOf({ url, state }: { url: URL; state: State }) {
  const settings = settingsOf(state);
  const webhooks = doors.filter((door) => door.webhook && whyOff(door, settings) === null);
  const secretsOf = ({ secrets }: Door) => Object.keys(secrets).filter((n) => /_WEBHOOK_/.test(n));
  // Whoever has this address may post to it: the provider signs nothing there.
  const token = settings.SENDGRID_INBOUND_TOKEN;
  const ends = (name: string) => (name === 'sendgrid/inbound' ? `${name}?token=${token}` : name);
  return {
    url: url.origin,
    api_token: state.house.api_token,
    webhook_addresses: Object.fromEntries(
      webhooks.map(({ name }) => [name, `${url.origin}/webhooks/${ends(name)}`]),
    ),
    webhook_secrets: Object.fromEntries(
      webhooks.flatMap((door) =>
        secretsOf(door).flatMap((name) => (settings[name] ? [[door.name, settings[name]]] : [])),
      ),
    ),
    state: state.folder,
    workbook: workbookOf(state),
  };
}

/** What was published, as text: every table with its row count, and the workbook. */
export function published(state: State): string {
  const manifest = lastPublished(state)?.manifest;
  const workbook = workbookOf(state);
  return [
    ...(manifest ? [textTable(['name', 'rows'], manifest.marts), ''] : []),
    ...(manifest?.is_sample
      ? ['Sample data. For a house of your own: npm start -- --empty', '']
      : []),
    workbook
      ? `Workbook   ${workbook}`
      : 'Workbook   after the first export: npm run -s signalhouse -- export',
  ].join('\n');
}

/**
 * The same of a house that is served, with the page's address, which carries the token that it asks
 * for once.
 */
const welcome = (house: { url: URL; state: State }): string =>
  `${published(house.state)}\nDashboard  ${house.url.origin}/?token=${house.state.house.api_token}`;

async function serve(house: OpenHouse, crons: Cron[], say: (line: string) => void): Promise<void> {
  const stopClock = tickCrons(house.url, crons, say);
  const stopWatch = watchInbox(house.call, say);
  announceRuntime(house.state, house.url.origin);
  try {
    await untilStopped();
    say('stopping the house; press Ctrl-C again to stop at once');
  } finally {
    stopClock();
    stopWatch();
    retractRuntime(house.state);
    await house.close();
  }
}

export async function start(call: Call): Promise<void> {
  const wanted = portOf(call.text('port'));
  if (call.flag('empty') && call.flag('sample'))
    throw new UsageError('use either --empty or --sample, not both');
  const crons = cronsOfHouse();
  const isEmptyWanted = call.flag('empty');
  const state = isEmptyWanted
    ? switchHouse('empty')
    : call.flag('sample')
      ? switchHouse('own')
      : openState();
  const running = await findRuntime(state);
  if (running) {
    const house = { url: new URL(running.url), state };
    call.say(`this house is already running in process ${running.pid}`);
    return call.print(addressOf(house), welcome(house));
  }
  await buildWorkers(call.say);
  call.say('starting the house');
  const house = await openHouse(
    state,
    call.say,
    wanted ?? ((await isFree(USUAL_PORT)) ? USUAL_PORT : 0),
  );
  try {
    if (!state.isBeside) await openWithSample(house, call.say);
  } catch (error) {
    await house.close();
    throw error;
  }
  call.print(addressOf(house), `${welcome(house)}\nStop with Ctrl-C.`);
  await serve(house, crons, call.say);
}
