/** `signalhouse <command>`: the founder's command line. */
import { readEnvFile } from './house/env-file.ts';
import { surviveReaders } from './house/output.ts';
import { run } from './run.ts';

const args = process.argv.slice(2);
surviveReaders(args[0] === 'start');
readEnvFile();
process.exitCode = await run(args, {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
});
