/** The weekly mail as mail programs and people meet it. */
import { describe, expect, it } from 'vitest';
import { digestHtml } from '../../core/pages/digest-html.ts';
import { digestText } from '../../core/pages/digest-text.ts';
import { weekReport } from '../../core/pages/week.ts';
import { weekRow, weekRows } from './week-rows.ts';

const run = { as_of: Date.UTC(2026, 10, 21, 9, 30), is_sample: true };
const report = weekReport(weekRows(), run);
const mail = digestHtml(report);
const text = digestText(report);
const stale = { since: run.as_of, reason: 'a <check> failed' };

describe('the HTML mail', () => {
  it('needs no image, script or link to be read, and stays far below Gmail’s clipping size', () => {
    expect(mail).not.toMatch(/<img|<script|<svg|<link|url\(|background-image|https?:/i);
    expect(new TextEncoder().encode(mail).length).toBeLessThan(40_000);
  });

  it('has the subject as its title, a preheader, a language and both colour schemes', () => {
    expect(mail).toContain(
      '<title>Sample data. 9–15 November 2026: 1,200 emails sent, 5 calls scheduled, 0 deals ' +
        'closed</title>',
    );
    expect(mail).toMatch(/<html lang="en"/);
    expect(mail).toContain('<meta name="color-scheme" content="light dark">');
    expect(mail).toContain('@media (prefers-color-scheme:dark)');
    const body = mail.slice(mail.indexOf('<body'));
    expect(body.indexOf(report.sentences[0]!)).toBeLessThan(body.indexOf('<table'));
  });

  it('tells tables of figures from tables of layout', () => {
    for (const [table] of mail.matchAll(/<table[^>]*>/g))
      expect(
        table.includes('role="presentation"') || mail.includes(`${table}\n<caption`),
        table,
      ).toBe(true);
    expect(mail.match(/<th scope="row"/g)).toHaveLength(
      report.headlines.length + report.others.length,
    );
  });

  it('says every line, sentence and flag', () => {
    for (const told of [
      ...report.sentences,
      ...[...report.headlines, ...report.others].map(({ line }) => line),
    ])
      expect(mail).toContain(told);
    for (const told of ['1,200 emails, 2–3 calls', '32 %', '$12,300', 'Below normal', 'Cold email'])
      expect(mail).toContain(told);
  });

  it('escapes every text that comes from the house', () => {
    const told = '<img src=x onerror=alert(1)>"&';
    const row = weekRow({ line: told, unit: 'text', value_text: told, flag: told, sentence: told });
    const html = digestHtml(weekReport([row], run), stale);
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&amp;');
    expect(html).toContain('a &lt;check&gt; failed');
  });
});

describe('the text mail', () => {
  it('reads in 72 columns', () => {
    for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(72);
  });

  it('says every line and sentence', () => {
    const flowing = text.replace(/\s+/g, ' ');
    for (const told of [
      ...report.sentences,
      ...[...report.headlines, ...report.others].map(({ line }) => line),
    ])
      expect(flowing).toContain(told);
    expect(flowing).toContain('Next Week Target: 1,200 emails, 2–3 calls.');
  });

  it('says first that it is stale', () => {
    expect(digestText(report, stale).split('\n')[0]).toBe(
      'Stale since 21 Nov 2026, 09:30 UTC: a <check> failed',
    );
  });

  it('is short for a house without facts', () => {
    expect(digestText(weekReport([], run))).toContain('No week has any facts yet');
  });
});
