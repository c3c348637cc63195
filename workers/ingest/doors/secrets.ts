/** A door reads its own secrets. Without them it is off, and nothing else is affected. */
import { type Config, configParser } from '../../../core/config.ts';
import { Fault } from '../../../core/faults.ts';
import type { Door } from './door.ts';

/** Why the door is off and how to switch it on, or null. Throws `config` for a malformed secret. */
export function whyOff({ name, secrets }: Door, env: object): string | null {
  const missing = Object.entries(secrets).find(
    ([key, schema]) => !Reflect.get(env, key) && !schema.safeParse(undefined).success,
  );
  if (missing) {
    const [key, { description }] = missing;
    return [
      `${key} is not set, so POST /webhooks/${name} is off. It takes ${description}.`,
      `On Cloudflare: npx wrangler secret put ${key} --config workers/ingest/wrangler.jsonc;`,
      'on your own machine: a line in .env.',
    ].join(' ');
  }
  configParser(secrets)(env);
  return null;
}

/** Throws `config` where the door is off or a secret is malformed. */
export function secretsOf(door: Door, env: object): Config<Door['secrets']> {
  const reason = whyOff(door, env);
  if (reason !== null) throw new Fault('config', reason);
  return configParser(door.secrets)(env);
}
