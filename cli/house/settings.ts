/** The settings of the house on this machine: its own secrets, the environment and `.env`. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import type { z } from 'zod';
import { configParser } from '../../core/config.ts';
import { hash } from '../../core/hash.ts';
import {
  dashboardSettings,
  googleSettings,
  houseSettings,
  nightSettings,
  phoneSettings,
  websiteSettings,
} from '../../core/settings.ts';
import { doors } from '../../workers/ingest/doors/index.ts';
import { whyOff } from '../../workers/ingest/doors/secrets.ts';
import { workerSettings } from '../../workers/settings.ts';
import { orNearest } from '../nearest.ts';
import type { WorkerName } from './build.ts';
import { namesInEnvFile } from './env-file.ts';
import type { State } from './state.ts';

const { HOUSE_ID: _, ...ofBusiness } = houseSettings;
const ofDoors: Record<string, z.ZodType> = Object.assign({}, ...doors.map((door) => door.secrets));

/** Every setting that a person may give; `.env.example` lists them. */
export const givenSettings: Record<string, z.ZodType> = {
  ...ofBusiness,
  ...phoneSettings,
  ...nightSettings,
  ...websiteSettings,
  ...dashboardSettings,
  ...googleSettings,
  ...ofDoors,
};

/** What the command line itself, Cloudflare's tools and Node read. */
const OTHERS = /^(SIGNALHOUSE_|LOOKER_|CLOUDFLARE_|WRANGLER_|CF_|NODE_|HTTPS?_PROXY$|NO_PROXY$)/;

/** One line for each name in `.env` that changes nothing. */
export const idleNames = (): string[] =>
  namesInEnvFile()
    .filter((name) => !(name in givenSettings) && !OTHERS.test(name))
    .map((name) =>
      ['HOUSE_ID', 'API_TOKEN', 'CONTACT_KEY_SECRET'].includes(name)
        ? `.env: ${name} is not read; the house on this machine has its own in house.json`
        : `.env: no setting is called ${name}${orNearest(name, Object.keys(givenSettings))}`,
    );

/** A service account may be given as its JSON or as a path to it; a Worker reads no files. */
function keyText(value: string): string {
  // Asked first: what is no path at all would end up in an error's message.
  const isFile = existsSync(value) && statSync(value).isFile();
  return isFile ? readFileSync(value, 'utf8') : value;
}

export function settingsOf({ house }: State): Record<string, string> {
  const given = Object.keys(givenSettings).flatMap((name) => {
    const value = process.env[name];
    return value
      ? [[name, name === 'GOOGLE_SERVICE_ACCOUNT_JSON' ? keyText(value) : value] as const]
      : [];
  });
  return {
    RESEND_WEBHOOK_SECRET: house.webhook_secrets.resend,
    SENDGRID_INBOUND_TOKEN: hash(`sendgrid/inbound ${house.contact_key_secret}`).slice(0, 32),
    ...Object.fromEntries(given),
    HOUSE_ID: house.house_id,
    API_TOKEN: house.api_token,
    CONTACT_KEY_SECRET: house.contact_key_secret,
    ANALYTICS_LOCAL: '1',
    INBOX_LOCAL: '1',
  };
}

const parseAll = configParser({
  ...workerSettings.ingest,
  ...workerSettings.engine,
  ...workerSettings.export,
  ...workerSettings.api,
});

/** What all Workers together take. Throws `config` for a malformed setting or secret of a door. */
export function parseSettings(env: Record<string, string>): ReturnType<typeof parseAll> {
  for (const door of doors) whyOff(door, env);
  return parseAll(env);
}

/** Of these settings those that the Worker takes. */
export function settingsFor(
  worker: WorkerName,
  env: Record<string, string>,
): Record<string, string> {
  const taken = { ...workerSettings[worker], ...(worker === 'ingest' ? ofDoors : {}) };
  return Object.fromEntries(Object.entries(env).filter(([name]) => name in taken));
}
