/** A door reads its own secrets. Without them it is off, and nothing else is affected. */
import { type Config, configParser } from '../../../core/config.ts';
import { Fault } from '../../../core/faults.ts';
import type { Door } from './door.ts';

type Secrets = Config<Door['secrets']>;

const parsers = new WeakMap<Door, (env: object) => Secrets>();

/** One parser per door, which reads an environment once: each event asks for the secrets again. */
function parserOf(door: Door): (env: object) => Secrets {
  const parser = parsers.get(door) ?? configParser(door.secrets);
  parsers.set(door, parser);
  return parser;
}

/** What of the house is off with the door. */
const offered = ({ name, webhook, poll }: Door): string =>
  [webhook ? [`POST /webhooks/${name}`] : [], poll ? [`fetching from ${name}`] : []]
    .flat()
    .join(' and ');

/** Why the door is off and how to switch it on, or null. Throws `config` for a malformed secret. */
export function whyOff(door: Door, env: object): string | null {
  const { secrets } = door;
  const missing = Object.entries(secrets).find(
    ([key, schema]) => !Reflect.get(env, key) && !schema.safeParse(undefined).success,
  );
  if (missing) {
    const [key, { description }] = missing;
    return [
      `${key} is not set, so ${offered(door)} is off. It takes ${description}.`,
      `On Cloudflare: npx wrangler secret put ${key} --config workers/ingest/wrangler.jsonc;`,
      'on your own machine: a line in .env.',
    ].join(' ');
  }
  parserOf(door)(env);
  return null;
}

/** Throws `config` where the door is off or a secret is malformed. */
export function secretsOf(door: Door, env: object): Secrets {
  const reason = whyOff(door, env);
  if (reason !== null) throw new Fault('config', reason);
  return parserOf(door)(env);
}
