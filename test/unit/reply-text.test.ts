/** What a received mail says: text out of HTML, and what its sender wrote themselves (E10). */
import { describe, expect, it } from 'vitest';
import { textOfHtml } from '../../core/mail/html-text.ts';
import { MOST_TEXT, replyText } from '../../core/mail/reply-text.ts';
import { writtenPart } from '../../core/mail/written-part.ts';

describe('the text of an HTML mail', () => {
  it.each([
    ['<p>Hi&nbsp;there,</p><p>yes</p>', 'Hi there,\n\nyes'],
    ['one<br>two<div>three</div>', 'one\ntwo\nthree'],
    ['<ul><li>a</li><li>b</li></ul>', '- a\n\n- b'],
    ['<head><title>t</title><style>p{}</style></head><p>x<script>alert(1)</script>y</p>', 'xy'],
    [
      '<p>ok</p><blockquote>old<blockquote>older</blockquote></blockquote>',
      'ok\n\n> old\n> > older',
    ],
    [
      'caf&eacute; &#233; &#x1F600; &unknown; &#0; &#99999999;',
      'café é 😀 &unknown; &#0; &#99999999;',
    ],
    ['3 < 4 and 5 > 4', '3 < 4 and 5 > 4'],
    ['<!-- no --><b>bold</b> <a href="x">link</a>', 'bold link'],
    ['<td>a</td><td>b</td>', 'a b'],
    ['<p>cut off <b', 'cut off'],
    ['', ''],
  ])('%s', (html, text) => expect(textOfHtml(html)).toBe(text));

  it.each([
    ['<'.repeat(300_000)],
    ['<style>'.repeat(40_000)],
    ['<script></script'.repeat(20_000)],
    ['<!--'.repeat(60_000)],
    ['<blockquote>a'.repeat(20_000)],
    ['&'.repeat(300_000)],
  ])('takes no longer than its length explains: %#', (html) => {
    const started = performance.now();
    textOfHtml(html);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe('what somebody wrote', () => {
  it.each([
    ['Yes.\n\nOn Mon, 4 May 2026 at 10:00, Us <us@house.example> wrote:\n> Hi', 'Yes.'],
    ['Yes.\n\nOn Mon, 4 May 2026 at 10:00, Us\n<us@house.example> wrote:\n\nHi', 'Yes.'],
    ['Ja\n\nAm Mo., 4. Mai 2026 um 10:00 Uhr schrieb Us <us@x.de>:\n\n> alt', 'Ja'],
    ['Oui\n\nLe lun. 4 mai 2026 à 10:00, Us <us@x.fr> a écrit :\n> vieux', 'Oui'],
    ['Sí\n\nEl lun, 4 may 2026 a las 10:00, Us (<us@x.es>) escribió:\n> viejo', 'Sí'],
    ['Ok\n\n-----Original Message-----\nFrom: Us <us@x>\nSent: Monday\nold', 'Ok'],
    ['Ok\n\n________________________________\nFrom: Us\nSent: Monday\nTo: me\n\nold', 'Ok'],
    ['Gut\n\nVon: Us\nGesendet: Montag\nAn: ich\nBetreff: Hi\n\nalt', 'Gut'],
    ['> Are you there?\nI am\n> And then?\nNo', 'I am\nNo'],
    ['On 4 May 2026 Us wrote:\n> Hi\n\nBelow the quotation', 'Below the quotation'],
    ['Yes\n-- \nAna\nCEO', 'Yes'],
    ['Yes\n\nSent from my iPhone', 'Yes'],
    ['On Monday I wrote:\nnothing else', 'On Monday I wrote:\nnothing else'],
    ['From: the bottom of my heart\nthanks', 'From: the bottom of my heart\nthanks'],
    ['> only a quotation', '> only a quotation'],
    ['', ''],
  ])('%j', (text, written) => expect(writtenPart(text)).toBe(written));

  it.each([
    ['On x\n'.repeat(20_000)],
    [`${'-'.repeat(100_000)}x`],
    ['____________\n'.repeat(8_000)],
    ['From: a\n'.repeat(12_000)],
    ['在\n'.repeat(40_000)],
  ])('is found in time that its length explains: %#', (text) => {
    const started = performance.now();
    writtenPart(text);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

it('a text can be stored, whatever came: without NUL and half characters, and not too long', () => {
  expect(replyText('a\0b\ud800\r\nc\r', undefined)).toBe('ab\ufffd\nc');
  expect(replyText('  ', '<p>x</p>')).toBe('x');
  expect(replyText(undefined, undefined)).toBeUndefined();
  const long = replyText('😀'.repeat(MOST_TEXT), undefined)!;
  expect(long.length).toBeLessThanOrEqual(MOST_TEXT);
  expect(long.isWellFormed()).toBe(true);
});
