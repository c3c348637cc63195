/**
 * The commands of a page of the docs as they are written there, each with the output that the page
 * shows below it.
 */
import { readFileSync } from 'node:fs';

export type DocumentedCommand = { command: string; output: string | null };

const COMMAND = 'npm run -s signalhouse -- ';
const INDENT = '    ';

/**
 * Indented blocks that stand below each other with nothing but a blank line between are neighbours.
 */
function blocksOf(page: string): { text: string; follows: boolean }[] {
  const blocks: { text: string; follows: boolean }[] = [];
  let open: string[] = [];
  let hasProse = true;
  const close = () => {
    if (open.length > 0) blocks.push({ text: open.join('\n'), follows: !hasProse });
    if (open.length > 0) hasProse = false;
    open = [];
  };
  for (const line of page.split('\n')) {
    if (line.startsWith(INDENT)) open.push(line.slice(INDENT.length));
    else {
      close();
      if (line.trim() !== '') hasProse = true;
    }
  }
  close();
  return blocks;
}

/** A command goes on below until its quotes are closed. */
function commandsIn(block: string): string[] {
  const commands: string[] = [];
  for (const line of block.split('\n')) {
    const last = commands.at(-1);
    if (last !== undefined && last.split('"').length % 2 === 0)
      commands.push(`${commands.pop()}\n${line}`);
    else if (line.startsWith(COMMAND)) commands.push(line);
  }
  return commands;
}

/** Every command of a page; the output is the block that follows a command standing alone. */
export function documentedCommands(path: URL): DocumentedCommand[] {
  const blocks = blocksOf(readFileSync(path, 'utf8'));
  return blocks.flatMap(({ text }, i) => {
    const commands = commandsIn(text);
    // A blank line in an output makes two blocks of it.
    const below = blocks.slice(i + 1);
    const end = below.findIndex((next) => !next.follows || commandsIn(next.text).length > 0);
    const shown = below.slice(0, end < 0 ? undefined : end).map((next) => next.text);
    return commands.map((command) => ({
      command,
      output: commands.length === 1 && shown.length > 0 ? shown.join('\n\n') : null,
    }));
  });
}

/** The file that a page shows above the command that reads it. */
export function blockAbove(path: URL, command: string): string {
  const blocks = blocksOf(readFileSync(path, 'utf8')).map(({ text }) => text);
  return blocks[blocks.findIndex((text) => text.includes(command)) - 1]!;
}
