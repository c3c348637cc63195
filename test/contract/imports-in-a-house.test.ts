/**
 * Imports as the command line makes them, in one house: who becomes whom, who is found by name,
 * and what waits (F1, P1).
 */
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { land as landRows } from '../../cli/import/land.ts';
import { reportOf, reportText } from '../../cli/import/report.ts';
import { readRows } from '../../cli/import/rows.ts';
import { Scratch } from '../../cli/import/scratch.ts';
import type { RowKind } from '../../core/facts/fields.ts';
import { lists } from '../../core/lists.ts';
import { namedStatements } from '../../warehouse/write/named-by-facts.ts';
import { type CsvImport, importCsv } from '../csv-import.ts';
import type { TestHouse } from '../house.ts';
import { openEmptyHouse } from '../season/empty-house.ts';
import { casesAreThere, NOW, readCase as read, rowsOf, textOf } from './case-files.ts';

const root = new URL('../../', import.meta.url);
const context = { now: NOW, zone: 'UTC', defaultCountry: 'GB', currency: 'USD' };

let house: TestHouse;
beforeAll(async () => {
  house = await openEmptyHouse(NOW);
});
afterAll(() => house.close());

/** As `signalhouse import`, with its report. */
async function land(csv: CsvImport, options: { mayCreate?: boolean; isDry?: boolean } = {}) {
  const { mayCreate = false, isDry = false } = options;
  using scratch = new Scratch();
  await readRows(house, csv, { mayCreate, scratch });
  const import_id = isDry ? null : 1;
  const purpose = import_id === null ? 'dry' : { import_id };
  const landed = await landRows(house, csv, { scratch, context, mayCreate, purpose });
  const report = reportOf(csv, landed, scratch, { import_id, rejects_file: null });
  const { rows, updated, skipped, waiting, rejected } = report;
  expect(report.new + updated + skipped + waiting + rejected).toBe(rows);
  return { ...report, rejects: [...scratch.rejects], text: reportText(report, scratch) };
}

async function count(sql: string, ...values: string[]): Promise<number | undefined> {
  const row = await house.db
    .prepare(sql)
    .bind(...values)
    .first<{ n: number }>();
  return row?.n;
}

const peopleLike = (pattern: string) =>
  count('select count(distinct contact_id) as n from identities where value like ?', pattern);
const people = () => count('select count(*) as n from contacts');

const example = (kind: RowKind): CsvImport =>
  importCsv(
    kind,
    readFileSync(new URL(`examples/airtable/${kind}.csv`, root), 'utf8'),
    undefined,
    context,
  );

describe('the tables of examples/airtable', () => {
  it.each([
    ['contacts', 4],
    ['interactions', 4],
    ['purchases', 2],
  ] as const)('%s are imported without a MAP, and once', async (kind, rows) => {
    const first = await land(example(kind));
    expect(first).toMatchObject({ rows, new: rows, dates: 'M/D/YYYY', rejects: [] });
    expect(await land(example(kind))).toMatchObject({ rows, skipped: rows });
  });

  it('give people with everything that the files say', async () => {
    const { results } = await house.db
      .prepare(
        `select full_name, company, timezone, country, s.vip, s.unsubscribed, assigned_to, tags
         from contacts c join contact_summary s using (contact_id) order by full_name`,
      )
      .all();
    expect(results).toMatchObject([
      { full_name: 'Grace Lindqvist', vip: 1, country: 'Sweden', timezone: null },
      {
        full_name: 'Mila Novak',
        company: 'Novak & Daughters, d.o.o.',
        timezone: 'Europe/Zagreb',
        assigned_to: 'Sloane',
        tags: '["Trial, maths","VIP list"]',
      },
      { full_name: 'Rui Tavares', unsubscribed: 1 },
      { full_name: 'Tom Adeyemi', assigned_to: 'Sloane' },
    ]);
    expect(await count('select sum(amount_minor) as n from purchases')).toBe(173_000);
    expect(await people()).toBe(4);
  });

  it.skipIf(!existsSync(new URL('../shared/seeds', root)))(
    'have the columns that the product was asked for',
    () => {
      const seed = readFileSync(
        new URL('../shared/seeds/000_20a17b17395e0e9c.txt', root),
        'utf8',
      ).replace(/\(([^()]*)\n([^()]*)\)/g, '');
      for (const kind of ['Contacts', 'Interactions', 'Purchases']) {
        const [, table = ''] =
          new RegExp(`TABLE: ${kind}\\n((?:(?!TABLE:)[^])*?)\\n(?:TABLE|This)`).exec(seed) ?? [];
        const asked = [...table.matchAll(/^- ([^(\n]+)/gm)].map(([, name]) => name!.trim());
        const file = readFileSync(
          new URL(`examples/airtable/${kind.toLowerCase()}.csv`, root),
          'utf8',
        );
        expect(asked.length).toBeGreaterThan(5);
        expect(file.split('\n')[0]!.split(',')).toEqual(asked);
      }
    },
  );
});

it.each(lists)('%s are listed', async (list) => {
  expect((await house.call(`/api/list/${list}`)).status).toBe(200);
});

describe('rows that name people in full', () => {
  const text =
    'Contact,Date,Product,Amount\nMila Novak,2026-05-04,P,10\nZed Nobody,2026-05-05,P,20\nZed ' +
    'Nobody,2026-05-06,P,30\n';
  const purchases = (map?: object) => importCsv('purchases', text, map, context);
  const byName = { formats: { contact: 'full_name' } };

  it('wait, and make nobody', async () => {
    const report = await land(purchases(), { isDry: true });
    expect(report).toMatchObject({ waiting: 3, unknown_people: { rows: 3, people: 2 } });
    expect(report.text).toContain('3 rows name 2 people who are not in the house');
    expect(report.text).toContain('"formats": {"contact": "full_name"}');
  });

  it('are of the one person who has the name, where MAP says so', async () => {
    const report = await land(purchases(byName));
    expect(report).toMatchObject({ new: 1, rejected: 2 });
    expect(report.rejects[0]!.reasons[0]).toContain('nobody in the house is called "Zed Nobody"');
    expect(await people()).toBe(4);
  });

  it('make people of the rest only where that is said', async () => {
    const options = { mayCreate: true };
    expect(await land(purchases(byName), { ...options, isDry: true })).toMatchObject({ new: 2 });
    expect(await people()).toBe(4);
    expect(await land(purchases(byName), options)).toMatchObject({
      new: 2,
      skipped: 1,
      people_created: 1,
    });
    expect(await people()).toBe(5);
    expect(await land(purchases(byName), options)).toMatchObject({ skipped: 3, people_created: 0 });
  });
});

it('a name is found whatever its case and the form of its accents', async () => {
  const contacts = 'email,full_name,lead_added_at\no@x.example,Örjan Ågren,2026-05-04\n';
  await land(importCsv('contacts', contacts, undefined, context));
  const names = ['ÖRJAN ÅGREN', ' örjan ågren', 'Örjan Ågren'.normalize('NFD')];
  const lines = names.map((name, i) => `${name},2026-05-0${i + 5},P,10`);
  const text = ['Contact,Date,Product,Amount', ...lines].join('\n');
  const byName = { formats: { contact: 'full_name' } };
  expect(await land(importCsv('purchases', text, byName, context))).toMatchObject({ new: 3 });
});

it('writes a step or an agent only where a file says something new of it', async () => {
  const written = async (kind: RowKind, text: string): Promise<number> => {
    const { facts } = importCsv(kind, text, undefined, context);
    const results = await house.db.batch(namedStatements(house.db, facts));
    return results.reduce((sum, { meta }) => sum + meta.rows_written, 0);
  };
  const sent = (...types: string[]) => {
    const header = 'contact,type,occurred_at,campaign,version,step,email_type';
    const rows = types.map((type, i) => `p${i}@x.example,sent,2026-05-04,spring,1,1,${type}`);
    return written('email-events', [header, ...rows].join('\n'));
  };
  expect(await sent('nurture', 'nurture', 'intro')).toBe(1);
  expect(await sent('nurture', 'intro', 'intro')).toBe(0);
  expect(await sent('ask')).toBe(1);
  const called = (...agents: string[]) => {
    const rows = agents.map((agent, i) => `p${i}@x.example,2026-05-04 10:0${i},${agent}`);
    return written('calls', ['contact,started_at,agent', ...rows].join('\n'));
  };
  expect(await called('Ada', 'ada', 'Bo')).toBe(2);
  expect(await called('Ada', 'Bo')).toBe(0);
});

describe.skipIf(!casesAreThere)('people of the cases in a house', () => {
  it('04: ids that a spreadsheet broke join nobody', async () => {
    const csv = read('04-broken-ids-merge/in.csv');
    await land(csv);
    expect(csv.rejects.length + ((await peopleLike('c04%')) ?? 0)).toBe(4);
    const broken = rowsOf(read('04-broken-ids-merge/c.csv', { kind: 'interactions' }));
    expect(broken).toEqual([expect.stringContaining('90210')]);
  });

  it('05: placeholders and a shared switchboard join nobody', async () => {
    const csv = read('05-placeholder-phones/in.csv', { country: 'GB' });
    await land(csv);
    expect(csv.rejects).toEqual([]);
    expect(await peopleLike('c05%')).toBe(4);
    expect(await peopleLike('+440000000000')).toBe(0);
  });

  it('07: every spelling of an address is the same person', async () => {
    const csv = read('07-email-spellings/in.csv');
    await land(csv);
    const plain = csv.facts.length - 2;
    expect(plain).toBeGreaterThan(0);
    expect(await peopleLike('c07@example.com')).toBe(1);
    expect(await peopleLike('%c07%')).toBe(2);
    expect(await peopleLike('c07@xn--mnchen-3ya.example')).toBe(1);
  });

  it('21: an id beyond 2^53 is refused, not rounded into another', async () => {
    for (const line of textOf('21-api-long-ids/in.jsonl').trim().split('\n')) {
      const { route, body } = JSON.parse(line) as { route: string; body: string };
      const headers = { 'content-type': 'application/json' };
      const answer = await house.call(`/api/${route}`, { method: 'POST', headers, body });
      expect(answer.status).toBe(400);
      expect(((await answer.json()) as { message: string }).message).toMatch(
        /external_id: .*as text/,
      );
    }
    expect(await peopleLike('%c21%')).toBe(0);
  });

  it('26: payments without a product are rejected with that reason', async () => {
    const options = { kind: 'purchases', currency: 'GBP' } as const;
    const report = await land(read('26-payments-without-product/in.csv', options));
    expect(report).toMatchObject({ rows: 2, rejected: 2 });
    for (const { reasons } of report.rejects)
      expect(reasons).toEqual([expect.stringMatching(/^product: is required/)]);
  });
});

describe('purchases of a file without a product', () => {
  const header = 'contact,purchased_at,amount,external_id';
  const purchases = (head: string, ...lines: string[]) =>
    importCsv('purchases', [head, ...lines].join('\n'), undefined, context);

  it('are rejected, even for an unknown person, and create nobody', async () => {
    const before = await people();
    const file = () =>
      purchases(header, 'pay@x.example,2026-05-04,10,pay-1', 'cus_9,2026-05-04,10,pay-2');
    for (const options of [{ isDry: true }, { mayCreate: true }, {}]) {
      const report = await land(file(), options);
      expect(report).toMatchObject({ rows: 2, rejected: 2, waiting: 0, people_created: 0 });
    }
    expect(await people()).toBe(before);
  });

  it('stay where they update or refund what the house knows or keeps waiting', async () => {
    const whole = `${header},product`;
    await land(
      purchases(
        whole,
        'pay@x.example,2026-05-04,10,pay-3,Course',
        'cus_8,2026-05-04,10,pay-4,Course',
      ),
    );
    const update = ['pay@x.example,completed,2026-05-09,pay-3', 'cus_8,completed,2026-05-09,pay-4'];
    expect(
      await land(purchases('contact,status,completed_at,external_id', ...update)),
    ).toMatchObject({ updated: 1, waiting: 1, unknown_people: { rows: 1, people: 1 } });
    const refund = 'pay@x.example,2026-05-10,-4,pay-5,pay-3';
    expect(await land(purchases(`${header},refund_of`, refund))).toMatchObject({ new: 1 });
  });

  it('wait where the column is there and the cell is blank, and then name nobody', async () => {
    const report = await land(
      purchases(
        `${header},product`,
        'pay@x.example,2026-05-04,10,pay-6,',
        'cus_7,2026-05-04,10,pay-7,',
        'cus_7,2026-05-04,10,pay-8,Course',
      ),
    );
    expect(report).toMatchObject({ waiting: 3, unknown_people: { rows: 1, people: 1 } });
    expect(report.text).toContain('1 row names 1 person who is not in the house');
  });
});
