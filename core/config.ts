/** Configuration: the settings that a program asks for, read once from its environment. */
import { z } from 'zod';
import { Fault } from './faults.ts';
import { contactKeySettings, houseSettings } from './settings.ts';

export type Config<Settings extends z.ZodRawShape> = z.infer<z.ZodObject<Settings>>;

/** What opening a house needs, and what writing facts needs. */
export type HouseConfig = Config<typeof houseSettings>;
export type FactsConfig = HouseConfig & Config<typeof contactKeySettings>;

/**
 * A reader of these settings and no others. It reads an environment once; an empty value counts as
 * none. It throws `Fault('config')` that names every bad setting and what it takes.
 */
export function configParser<Settings extends z.ZodRawShape>(
  settings: Settings,
): (env: object) => Config<Settings> {
  const schema = z.object(settings);
  const known = new WeakMap<object, Config<Settings>>();
  return (env) => {
    const config = known.get(env) ?? parse(schema, env);
    known.set(env, config);
    return config;
  };
}

function parse<Settings extends z.ZodRawShape>(
  schema: z.ZodObject<Settings>,
  env: object,
): Config<Settings> {
  const given = Object.entries(env).filter(([name, value]) => name in schema.shape && value !== '');
  const read = schema.safeParse(Object.fromEntries(given));
  if (read.success) return read.data;
  const lines = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Fault('config', lines.join('\n'));
}

export const houseConfig = configParser(houseSettings);
export const factsConfig = configParser({ ...houseSettings, ...contactKeySettings });
