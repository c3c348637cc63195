/** `.env` beside the project: settings of the house on this machine. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadEnvFile, env as processEnv } from 'node:process';
import { parseEnv } from 'node:util';
import { ROOT } from './build.ts';

/** SIGNALHOUSE_ENV names another file. */
const path = (): string => processEnv.SIGNALHOUSE_ENV || join(ROOT, '.env');

/** Adds the settings of `.env` to the environment of this process, whose own values win. */
export function readEnvFile(): void {
  if (existsSync(path())) loadEnvFile(path());
}

/** The names that the file has, whether or not anybody knows them. */
export const namesInEnvFile = (): string[] =>
  existsSync(path()) ? Object.keys(parseEnv(readFileSync(path(), 'utf8'))) : [];
