/** One call of the command line: arguments in, what it prints and its exit code out. */
import { parseArgs } from 'node:util';
import { Fault } from '../core/faults.ts';
import type { Call, Command } from './command.ts';
import { commands } from './commands.ts';
import { EXIT, exitCode, UsageError } from './exit.ts';
import { orNearest } from './nearest.ts';
import { forTerminal } from './terminal.ts';

/** Where a call prints: its result to `out`, everything else to `err`. */
export type Output = { out(text: string): void; err(text: string): void };

const EVERYWHERE = {
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

const wordsOf = (name: string, { usage, summary }: Command): string =>
  `  ${`${name} ${usage}`.trim()}\n      ${summary}`;

const help = (): string => `signalhouse <command> [options]

${[...commands].map(([name, command]) => wordsOf(name, command)).join('\n')}

Every command takes --json (the result as JSON on stdout) and --help. Progress goes to stderr.
The house is stored in SIGNALHOUSE_STATE (default .signalhouse/).
Exit codes: 0 done, 1 failed, 2 wrong arguments, 3 refused (nothing was written), 4 not found.
See docs/cli.md for more.
`;

async function helpOf(name: string, command: Command): Promise<string> {
  const details = await command.details?.();
  const more = details ? `\n${details}\n` : '';
  return `signalhouse ${name} ${command.usage}\n${command.summary}\n${more}`;
}

/** The unknown option in an error of `parseArgs`, or undefined. */
const unknownOption = (error: unknown): string | undefined =>
  /^Unknown option '--(.+?)'/.exec((error as Error).message)?.[1];

function parse(name: string, command: Command, args: string[]) {
  const options = { ...command.options, ...EVERYWHERE };
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    const option = unknownOption(error);
    const message = option
      ? `${name} has no option --${option}${orNearest(option, Object.keys(options), '--')}`
      : (error as Error).message;
    throw new UsageError(`${message}\nusage: signalhouse ${name} ${command.usage}`);
  }
}

function callOf({ values, positionals }: ReturnType<typeof parse>, { out, err }: Output): Call {
  const given = values as Record<string, unknown>;
  const json = given.json === true;
  const print = (text: string) => out(`${text}\n`);
  return {
    positionals,
    text: (name) => given[name] as string | undefined,
    texts: (name) => (given[name] as string[] | undefined) ?? [],
    flag: (name) => given[name] === true,
    json,
    print: (data, text) => print(json ? JSON.stringify(data) : forTerminal(text)),
    say: (line) => err(`${forTerminal(line)}\n`),
  };
}

async function runCommand([name, ...args]: string[], output: Output): Promise<number> {
  if (!name || name === '--help' || name === '-h' || name === 'help') {
    (name ? output.out : output.err)(help());
    return name ? EXIT.ok : EXIT.usage;
  }
  const command = commands.get(name);
  if (!command)
    throw new UsageError(
      `there is no command ${name}${orNearest(name, [...commands.keys()])}; see signalhouse --help`,
    );
  const parsed = parse(name, command, args);
  if (parsed.values.help) output.out(await helpOf(name, command));
  else await command.run(callOf(parsed, output));
  return EXIT.ok;
}

/** Runs `signalhouse <args>`; answers with its exit code. An error is printed, never thrown. */
export async function run(args: string[], output: Output): Promise<number> {
  try {
    return await runCommand(args, output);
  } catch (error) {
    const code =
      error instanceof Fault ? error.code : error instanceof UsageError ? 'usage' : 'failed';
    const message = error instanceof Error ? error.message : String(error);
    const details = error instanceof Fault ? error.details : undefined;
    output.err(
      args.includes('--json')
        ? `${JSON.stringify({ error: code, message, ...details })}\n`
        : `${forTerminal(`${code}: ${message}`)}\n`,
    );
    return exitCode(error);
  }
}
