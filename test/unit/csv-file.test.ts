/** Bytes as spreadsheet programs write them, and the table that is read out of them (V21). */
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../core/csv/encoding.ts';
import { readRecords } from '../../core/csv/records.ts';
import { readTable } from '../../core/csv/table.ts';

const utf16 = (text: string, bigEndian = false): Uint8Array => {
  const bytes = Buffer.from(text, 'utf16le');
  return bigEndian ? bytes.swap16() : bytes;
};
const cellsOf = (text: string): string[][] => [...readRecords([text])].map(({ cells }) => cells);
const tableOf = (text: string) => {
  const table = readTable([text]);
  return { ...table, rows: [...table.rows] };
};

describe('the bytes of a file', () => {
  const text = 'name\nZoë – Müller €\n';
  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8', Buffer.from(`\ufeff${text}`)],
    ['UTF-16LE', utf16(`\ufeff${text}`)],
    ['UTF-16BE', utf16(`\ufeff${text}`, true)],
    ['UTF-16LE', utf16(text)],
    ['UTF-16BE', utf16(text, true)],
    ['Windows-1252', Buffer.from('name\nZo\xeb \x96 M\xfcller \x80\n', 'latin1')],
  ])('are text in %s', (encoding, bytes) => {
    expect(decodeText(bytes)).toEqual({ text, encoding });
  });

  it.each([
    [/workbook/, Buffer.from('PK\x03\x04rest', 'latin1')],
    [/line 2 is not in UTF-8/, Buffer.from('Zo\xc3\xab\nM\xfcller\n', 'latin1')],
    [/line 1 is in an unknown encoding/, Buffer.from('caf\x8f\n', 'latin1')],
    [/broken UTF-16LE/, Buffer.concat([utf16('\ufeffab'), Buffer.from([0x41])])],
  ])('are refused: %s', (message, bytes) => {
    expect(() => decodeText(bytes)).toThrow(message);
  });
});

describe('the records of a text', () => {
  it.each([
    [
      'semicolons',
      'a;b\n1,5;2\n',
      [
        ['a', 'b'],
        ['1,5', '2'],
      ],
    ],
    [
      'tabs',
      'a\tb\n1\t2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'bars',
      'a|b\n1|2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a title above the header',
      'Report\na;b;c\n1;2;3',
      [['Report'], ['a', 'b', 'c'], ['1', '2', '3']],
    ],
    [
      'a stated delimiter',
      'sep=^\r\na^b\r\n1^2\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'CR line ends',
      'a,b\r1,"x\ny"\r',
      [
        ['a', 'b'],
        ['1', 'x\ny'],
      ],
    ],
    [
      'CRLF line ends',
      'a,b\r\n1,"2"\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'lines in cells',
      'a,b\n"1\n2","say ""hi"""\n',
      [
        ['a', 'b'],
        ['1\n2', 'say "hi"'],
      ],
    ],
    [
      'spaces around quotes',
      'a,b\n1, "2,3" \n',
      [
        ['a', 'b'],
        ['1', '2,3'],
      ],
    ],
    [
      'a quote inside a cell',
      'a,b\n27" screen,x\n',
      [
        ['a', 'b'],
        ['27" screen', 'x'],
      ],
    ],
    [
      'marks in the middle',
      '\ufeffa,b\n\ufeff1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'blank rows',
      'a,b\n,\n , \n\n1,\n',
      [
        ['a', 'b'],
        ['1', ''],
      ],
    ],
  ])('are read with %s', (_, text, cells) => {
    expect(cellsOf(text)).toEqual(cells);
  });

  it.each([
    ['text after a closing quote', '"Cy" Smith,2'],
    ['a quote that never closes', 'x,"never'],
    ['a quote that only a later row closes', 'x,"oops'],
  ])('lose no other line to %s', (_, line) => {
    const [, first, second, third] = [...readRecords([`a,b\n${line}\ny,"2"\nz,3\n`])];
    expect(first).toMatchObject({ line: 2, error: expect.stringContaining('quote') });
    expect([second, third]).toEqual([
      { line: 3, cells: ['y', '2'] },
      { line: 4, cells: ['z', '3'] },
    ]);
  });

  it('know the line on which they begin', () => {
    const records = [...readRecords(['sep=;\na;b\n"1\n2";3\n\n4;5'])];
    expect(records.map(({ line }) => line)).toEqual([2, 3, 6]);
  });
});

describe('a table', () => {
  it('passes over padding and reads missing cells at the end as blank', () => {
    expect(tableOf('a,b,,c,,\n1,2,,3,,\n4,5,\n6\n7,8,,9,,,,\n')).toEqual({
      line: 1,
      titles: 0,
      header: ['a', 'b', 'c'],
      rows: [
        { line: 2, cells: ['1', '2', '3'] },
        { line: 3, cells: ['4', '5', ''] },
        { line: 4, cells: ['6', '', ''] },
        { line: 5, cells: ['7', '8', '9'] },
      ],
    });
  });

  it.each([
    ['1,2,3', 'has 3 cells where the header has 2'],
    ['a,b', 'repeats the header'],
    ['Total: Campaigns,9', 'looks like a total, not a row of the table'],
    [',Grand total', 'looks like a total, not a row of the table'],
  ])('names what is no row of it: %s', (line, error) => {
    expect(tableOf(`a,b\n${line}\n`).rows[0]).toMatchObject({ line: 2, error });
  });

  it.each([['Total Fitness Ltd,1'], ['Totally,1']])('keeps %s', (line) => {
    expect(tableOf(`a,b\n${line}\n`).rows[0]!.error).toBeUndefined();
  });

  it.each([
    ['', 'the file is empty'],
    ['a,,b\n1,2,3\n', 'column 2 has no name in the header, and line 2 has a value in it'],
    ['"a" b,c\n1,2\n', 'line 1, the header: a quote'],
  ])('refuses %j', (text, message) => {
    expect(() => tableOf(text)).toThrow(message);
  });
});
