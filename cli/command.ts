/** What a command is and what it gets. Data goes to stdout, everything else to stderr. */
import type { ParseArgsConfig } from 'node:util';

export type Options = NonNullable<ParseArgsConfig['options']>;

export type Call = {
  positionals: string[];
  /** The value of an option; undefined if it was not given. */
  text(name: string): string | undefined;
  /** All values of an option that can be repeated. */
  texts(name: string): string[];
  flag(name: string): boolean;
  json: boolean;
  /** Prints the command's result once: the data as JSON with `--json`, else the text. */
  print(data: unknown, text: string): void;
  /** Progress for a person, on stderr. */
  say(line: string): void;
};

export type Command = {
  /** Arguments after the name, as `--help` shows them. */
  usage: string;
  summary: string;
  options: Options;
  /** Extra lines for this command's own `--help`. */
  details?(): Promise<string>;
  /** Loads the command's module and runs it. */
  run(call: Call): Promise<void>;
};
