/** `signalhouse <command>`: the founder's command line. Each command is one file in `commands/`. */
import { parseArgs } from 'node:util';
import { Fault } from '../core/faults.ts';
import type { Call, Command } from './command.ts';
import { EXIT, exitCode, UsageError } from './exit.ts';

/** Loaded only when called: a query needs no workerd, a server no DuckDB. */
const commands: Record<string, () => Promise<Command>> = {
  start: async () => (await import('./commands/start.ts')).start,
  demo: async () => (await import('./commands/demo.ts')).demo,
  import: async () => (await import('./commands/import.ts')).importCommand,
  export: async () => (await import('./commands/export.ts')).exportCommand,
  sql: async () => (await import('./commands/sql.ts')).sql,
  explain: async () => (await import('./commands/explain.ts')).explain,
  show: async () => (await import('./commands/show.ts')).show,
  list: async () => (await import('./commands/list.ts')).list,
  digest: async () => (await import('./commands/digest.ts')).digest,
  status: async () => (await import('./commands/status.ts')).status,
  replay: async () => (await import('./commands/replay.ts')).replay,
  rebuild: async () => (await import('./commands/rebuild.ts')).rebuild,
  connect: async () => (await import('./commands/connect.ts')).connect,
  attribute: async () => (await import('./commands/attribute.ts')).attribute,
  looker: async () => (await import('./commands/looker.ts')).looker,
};

async function help(): Promise<string> {
  const all = await Promise.all(Object.values(commands).map((load) => load()));
  return `signalhouse <command> [options]

${all.map(({ name, usage, summary }) => `  ${`${name} ${usage}`.trim()}\n      ${summary}`).join('\n')}

Every command takes --json (the result as JSON on stdout) and --help. Progress goes to stderr.
The house lies in SIGNALHOUSE_STATE (default .signalhouse/).
Exit codes: 0 done, 1 failed, 2 wrong arguments, 3 refused (nothing was written), 4 not found. docs/cli.md tells more.
`;
}

function callOf(command: Command, args: string[]): Call | null {
  let parsed: { values: Record<string, unknown>; positionals: string[] };
  try {
    parsed = parseArgs({
      args,
      options: {
        ...command.options,
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
      allowPositionals: true,
    });
  } catch (error) {
    throw new UsageError(
      `${(error as Error).message}\nusage: signalhouse ${command.name} ${command.usage}`,
    );
  }
  if (parsed.values.help) return null;
  const json = parsed.values.json === true;
  return {
    positionals: parsed.positionals,
    text: (name) => parsed.values[name] as string | undefined,
    texts: (name) => (parsed.values[name] as string[] | undefined) ?? [],
    flag: (name) => parsed.values[name] === true,
    json,
    print: (data, text) => process.stdout.write(`${json ? JSON.stringify(data) : text}\n`),
    say: (line) => process.stderr.write(`${line}\n`),
  };
}

async function main([name, ...args]: string[]): Promise<number> {
  if (!name || name === '--help' || name === '-h' || name === 'help') {
    (name ? process.stdout : process.stderr).write(await help());
    return name ? EXIT.ok : EXIT.usage;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) throw new UsageError(`there is no command '${name}'; see signalhouse --help`);
  const command = await load();
  const call = callOf(command, args);
  if (call) await command.run(call);
  else process.stdout.write(`signalhouse ${command.name} ${command.usage}\n${command.summary}\n`);
  return EXIT.ok;
}

const args = process.argv.slice(2);
try {
  process.exitCode = await main(args);
} catch (error) {
  process.exitCode = exitCode(error);
  const code =
    error instanceof Fault ? error.code : error instanceof UsageError ? 'usage' : 'failed';
  const message = error instanceof Error ? error.message : String(error);
  const details = error instanceof Fault ? error.details : undefined;
  process.stderr.write(
    args.includes('--json')
      ? `${JSON.stringify({ error: code, message, ...details })}\n`
      : `${code}: ${message}\n`,
  );
}
