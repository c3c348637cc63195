/** The longest line that the house writes, in code, in pages and in what it makes of code. */
export const MAX_COLUMNS = 100;

/**
 * The text in lines of at most so many columns, broken at spaces; those after the first begin with
 * `indent`. A longer word has a line of its own.
 */
export function wrapped(text: string, indent = '', columns = MAX_COLUMNS): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!;
    if (line.trim() && line.length + 1 + word.length > columns) lines.push(indent + word);
    else lines[lines.length - 1] = line.trim() ? `${line} ${word}` : line + word;
  }
  return lines.join('\n');
}
