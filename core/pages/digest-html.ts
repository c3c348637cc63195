/**
 * The weekly mail as HTML: tables for layout, styles inline, 600 px, no image, readable in light
 * and dark. Every text is escaped by the template.
 */
import { html, raw } from 'hono/html';
import { beforeOf, CLOSING, soFarOf, subjectOf, targetOf } from './digest.ts';
import { type StaleNote, staleRows } from './stale.ts';
import { pageLooks } from './styles.ts';
import { noteOf, type WeekLine, type WeekReport } from './week.ts';

type Html = ReturnType<typeof html>;

const LIGHT = { ground: '#f4f4f1', paper: '#ffffff', rule: '#e3e0da' };
const hex = (colour: string): string => `#${colour}`;
const ink = hex(pageLooks.sentence.ink);
const muted = hex(pageLooks.muted.ink);
const bars = hex(pageLooks.spark.ink);

/** Mail programs that honour it show the dark colours; the others keep the inline ones. */
const DARK = `:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme:dark) {
.ground { background: #14161a !important; }
.paper { background: #1b1e24 !important; }
.ink { color: #e8e6e1 !important; }
.muted { color: #a4abb5 !important; }
.bars { color: #7fa5ff !important; }
.rule { border-color: #30353d !important; }
.good { color: #7fd6a4 !important; background: #1b3327 !important; }
.warning { color: #f3c07a !important; background: #3a2c16 !important; }
}
@media (max-width:480px) {
.wide { padding-left: 12px !important; padding-right: 12px !important; }
.cell { padding-right: 5px !important; }
.bars { font-size: 10px !important; }
.flag { white-space: normal !important; }
}`;

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

const small = (text: string, kind = 'muted', colour = muted): Html | string =>
  text
    ? html`<div class="${kind}"
 style="font-size:12px;line-height:17px;font-weight:400;color:${colour}">${text}</div>`
    : '';

function badge({ flag, tone }: WeekLine): Html | string {
  if (!flag) return '';
  const { ink: colour, ground } = pageLooks[tone];
  const filled = ground ? `background:${hex(ground)};padding:1px 6px;border-radius:3px;` : '';
  const style = `${filled}font-size:12px;font-weight:600;white-space:nowrap;color:${hex(colour)}`;
  return html`<span class="flag ${tone}" style="${style}">${flag}</span>`;
}

const cellStyle = (align: 'left' | 'right', size: number): string =>
  `padding:8px 8px 8px 0;border-top:1px solid ${LIGHT.rule};vertical-align:top;` +
  `text-align:${align};font-size:${size}px;line-height:21px;color:${ink}`;

const row = (line: WeekLine, isHeadline: boolean): Html => {
  const size = isHeadline ? 16 : 14;
  const spark = isHeadline ? small(line.spark, 'bars', bars) : '';
  const change = html`<span style="white-space:nowrap">${line.change}</span>`;
  return html`<tr>
<th scope="row" class="ink rule cell"
 style="${cellStyle('left', 14)};font-weight:400">${line.line}${spark}</th>
<td class="ink rule cell"
 style="${cellStyle('right', size)};font-weight:600">${line.value}${small(line.counted)}</td>
<td class="ink rule cell"
 style="${cellStyle('right', 14)}">${change}${small(beforeOf(line))}</td>
<td class="ink rule cell"
 style="${cellStyle('left', 14)};padding-left:6px;padding-right:0"
>${badge(line)}${small(targetOf(line))}</td>
</tr>`;
};

const head = (text: string, align: 'left' | 'right', left = 0): Html => {
  const padding = `padding:0 8px 4px ${left}px`;
  return html`<th scope="col" class="muted"
 style="${padding};text-align:${align};font-size:12px;font-weight:600;color:${muted}">${text}</th>`;
};

const figures = (caption: string, lines: WeekLine[], isHeadline: boolean): Html =>
  html`<table width="100%" cellpadding="0" cellspacing="0"
 style="width:100%;border-collapse:collapse">
<caption class="muted"
 style="padding:0 0 8px;text-align:left;font-size:12px;color:${muted}">${caption}</caption>
<thead><tr>
${head('Line', 'left')}
${head('Value', 'right')}
${head('Change', 'right')}
${head('Flag', 'left', 6)}
</tr></thead>
<tbody>${lines.map((line) => row(line, isHeadline))}</tbody>
</table>`;

const paragraph = (text: string, size = 15, colour = ink, kind = 'ink'): Html => {
  const style = `margin:0 0 8px;font-size:${size}px;line-height:${size + 7}px;color:${colour}`;
  return html`<p class="${kind}" style="${style}">${text}</p>`;
};

const band = (body: Html | string, bottom = 20): Html =>
  html`<tr><td class="paper wide"
 style="padding:0 28px ${bottom}px;background:${LIGHT.paper}">${body}</td></tr>`;

const brand = html`<p class="muted"
 style="margin:0;padding:24px 0 6px;font-size:13px;color:${muted}">Signalhouse</p>`;

function warningOf(text?: string): Html | string {
  if (!text) return '';
  const { ink: colour, ground } = pageLooks.warning;
  const looks = `color:${hex(colour)};background:${hex(ground!)}`;
  return html`<p class="warning"
 style="margin:0 0 10px;padding:6px 10px;font-size:14px;font-weight:600;${looks}">${text}</p>`;
}

/**
 * A whole document; its title is the mail's subject. `stale` where the data is of an earlier night.
 */
export function digestHtml(report: WeekReport, stale?: StaleNote): string {
  const { headlines, others, sentences } = report;
  const title = html`<h1 class="ink"
 style="margin:0 0 4px;font-size:22px;line-height:28px;color:${ink}">${report.title}</h1>`;
  const warning = warningOf(staleRows(stale).flat()[0]?.text);
  const preheader = sentences[0] ?? report.title;
  const headline = 'The week, with twelve weeks as bars, this one last';
  const soFar = soFarOf(report);
  const document = html`<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${subjectOf(report)}</title>
<style>${raw(DARK)}</style>
</head>
<body class="ground" style="margin:0;padding:0;background:${LIGHT.ground};${raw(FONT)}">
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">${preheader}</div>
<table role="presentation" class="ground" width="100%" cellpadding="0" cellspacing="0"
 style="width:100%;background:${LIGHT.ground}">
<tr><td align="center" style="padding:24px 8px">
<table role="presentation" width="600" cellpadding="0" cellspacing="0"
 style="width:100%;max-width:600px;${raw(FONT)}">
${band(html`${brand}${warning}${title}${small(noteOf(report))}`, 16)}
${sentences.length ? band(html`${sentences.map((sentence) => paragraph(sentence))}`, 12) : ''}
${headlines.length ? band(figures(headline, headlines, true)) : ''}
${soFar ? band(paragraph(soFar, 13, muted, 'muted'), 12) : ''}
${others.length ? band(figures('More of the week', others, false)) : ''}
${band(paragraph(CLOSING, 12, muted, 'muted'))}
</table>
</td></tr>
</table>
</body>
</html>
`;
  return String(document);
}
