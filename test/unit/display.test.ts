/** Figures and codes as people read them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agentName, campaignName, happening, label } from '../../core/display/labels.ts';
import { amount, count, minutes, rate, ratio } from '../../core/display/numbers.ts';
import { agentId } from '../../core/facts/agent.ts';
import { interactionOutcomes } from '../../core/facts/fields.ts';
import { ladders } from '../../core/rules/config.ts';

describe('numbers', () => {
  it.each([
    [count, 1234567, '1,234,567'],
    [count, 16.04, '16'],
    [count, 5.83, '5.8'],
    [count, -1234.56, '−1,234.6'],
    [count, null, '–'],
    [rate, 0.0199999, '2 %'],
    [rate, 0.0204, '2 %'],
    [rate, 0.0833, '8.3 %'],
    [rate, 0.0996, '10 %'],
    [rate, 0.333, '33 %'],
    [rate, 0, '0 %'],
    [ratio, 1.2, '1.20'],
    [ratio, null, '–'],
    [minutes, 0, '0 min'],
    [minutes, 0.75, '45 s'],
    [minutes, 10 / 3, '3 min 20 s'],
    [minutes, 9.999, '10 min'],
    [minutes, 24.9, '25 min'],
    [minutes, 59.9, '1 h'],
    [minutes, 72.8, '1 h 13 min'],
    [minutes, 47.99 * 60, '47 h 59 min'],
    [minutes, 51 * 60, '2 d 3 h'],
    [minutes, -72.8, '−1 h 13 min'],
  ])('%o of %s is %s', (write, value, text) => {
    expect((write as (value: unknown) => string)(value)).toBe(text);
  });

  it.each([
    [1234.5, 'USD', '$1,234.50'],
    [1234, 'USD', '$1,234'],
    [1234, 'JPY', '¥1,234'],
    [1.234, 'KWD', 'KWD 1.234'],
    [-4.5, 'EUR', '−€4.50'],
    [7, null, '7'],
  ])('%s %s is %s', (units, currency, text) => {
    expect(amount(units, currency).replaceAll('\u00a0', ' ')).toBe(text);
  });

  it('writes a duration that reads back as it is, to the unit that it shows', () => {
    const seconds = { s: 1, min: 60, h: 3600, d: 86_400 };
    const read = (text: string): number =>
      [...text.replaceAll(',', '').matchAll(/(\d+) (s|min|h|d)/g)].reduce(
        (sum, [, n, unit]) => sum + Number(n) * seconds[unit as 's'],
        0,
      );
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), (value) => {
        const step = value < 10 ? 1 : value < 2880 ? 60 : 3600;
        expect(Math.abs(read(minutes(value)) - value * 60)).toBeLessThanOrEqual(step / 2 + 1e-6);
      }),
    );
  });
});

describe('words', () => {
  it.each([
    ['facebook_ad', 'Facebook ad'],
    ['closed_won', 'Closed won'],
    ['whatsapp', 'WhatsApp'],
    ['below goal', 'Below goal'],
    ['1-5 min', '1–5 min'],
    ['e-commerce', 'E-commerce'],
    ['Europe/London', 'Europe/London'],
    ['constructor', 'Constructor'],
    ['', 'Unknown'],
    [null, 'Unknown'],
    ['unknown', 'Unknown'],
  ])('%s reads %s', (code, text) => {
    expect(label(code)).toBe(text);
  });

  it('writes no code of the house as it stands in a table', () => {
    const codes = [...Object.values(ladders).flatMap(({ stages, off }) => [...stages, ...off])];
    for (const code of codes) expect(label(code)).toMatch(/^[A-Z][A-Za-z ]+$/);
    for (const outcome of interactionOutcomes)
      for (const direction of ['inbound', 'outbound'])
        expect(happening(`${direction}_${outcome}`)).toMatch(/^(?!(In|Out)bound)[A-Z][^_]+$/);
  });

  it('names a caller by the id, and never spells an address', () => {
    expect(agentName(agentId('Ana Silva'))).toBe('Ana Silva');
    expect(agentName(agentId('ana@silva.example'))).toMatch(/^Caller [0-9a-f]{6}$/);
    expect(agentName('unknown')).toBe('Unknown');
    expect(agentName('none')).toBe('Nobody');
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        expect(agentName(agentId(address))).not.toContain('@');
      }),
    );
  });

  it('names a campaign by its id', () => {
    expect(campaignName('trial-follow-up')).toBe('Trial follow up');
    expect(campaignName('Spring 2026')).toBe('Spring 2026');
  });
});
