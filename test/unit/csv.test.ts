import { describe, expect, it } from 'vitest';
import { importCsv } from '../csv-import.ts';

const context = {
  now: Date.parse('2026-03-02'),
  zone: 'UTC',
  defaultCountry: 'US',
  currency: 'USD',
};

describe('a CSV file', () => {
  it('becomes facts through a mapping', () => {
    const map = {
      columns: {
        id: 'external_id',
        since: ['lead_added_at', 'observed_at'],
        origin: 'channel_origin',
        shoe: 'attributes',
        x: 'ignore',
      },
      formats: { lead_added_at: 'M/D/YYYY', observed_at: 'M/D/YYYY' },
      values: { channel_origin: { paid_search: 'paid' } },
      constants: { source: 'theirs' },
    };
    const { facts, rejects } = importCsv(
      'contacts',
      '\ufeffid,since,origin,shoe,x\n7,2/1/2018,paid_search,=1+1,z\n',
      map,
      context,
    );
    expect(rejects).toEqual([]);
    expect(facts[0]).toMatchObject({
      kind: 'contact',
      provider: 'theirs',
      contact: { kind: 'external', value: '7' },
      observed_at: Date.UTC(2018, 1, 1),
      stated: {
        lead_added_at: Date.UTC(2018, 1, 1),
        channel_origin: 'paid',
        'attributes.shoe': '=1+1',
      },
    });
  });

  it('rejects a bad row alone, with its line and reasons', () => {
    const text = `contact,purchased_at,product,amount
a@b.c,2026-01-01,P,10
a@b.c,2026-01-01
nope@,soon,P,ten
`;
    const { rows, facts, rejects } = importCsv('purchases', text, undefined, context);
    expect([rows, facts.length]).toEqual([3, 1]);
    expect(rejects.map((reject) => reject.line)).toEqual([3, 4]);
    expect(rejects[1]!.reasons.join()).toMatch(/contact: .*purchased_at: .*amount: /);
  });
});
