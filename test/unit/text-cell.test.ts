/** Fields for a terminal: the unit in a field's name decides how a person reads it. */
import { describe, expect, it } from 'vitest';
import { readableRows } from '../../cli/text-cell.ts';
import { textRecord } from '../../cli/text-record.ts';

describe('a field for a terminal', () => {
  it('is read by the unit in its name', () => {
    const row = {
      called_at: Date.UTC(2026, 4, 1, 9, 30),
      duration_s: 2674,
      amount_minor: 26_000,
      currency: 'USD',
    };
    expect(readableRows([row])).toEqual({
      columns: ['called_at', 'duration', 'amount', 'currency'],
      rows: [
        { called_at: '2026-05-01 09:30:00', duration: '45 min', amount: '$260', currency: 'USD' },
      ],
    });
  });

  it('leaves out a column that is blank in every row, and keeps a zero', () => {
    const { columns } = readableRows([
      { name: 'Ada', outcome: null, objections: '[]', sent: 0 },
      { name: 'Ben', outcome: '', objections: '[]', sent: 2 },
    ]);
    expect(columns).toEqual(['name', 'sent']);
  });

  it('stands alike in a record and in its lists', () => {
    const text = textRecord({
      score: 117.4,
      lifetime_value: [{ currency: 'JPY', amount_minor: 500 }],
    });
    expect(text).toContain('score  117.4');
    expect(text).toContain('¥500');
  });
});
