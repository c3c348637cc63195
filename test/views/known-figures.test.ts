/**
 * The sales document's week, as rows: its figures must come out exactly (marts.md, known figures).
 */
import { describe, expect, it } from 'vitest';
import { MINUTE } from '../../core/durations.ts';
import { type WeekRow, weekReport } from '../../core/pages/week.ts';
import { at, SqliteHouse } from './sqlite-house.ts';

const as_of = at('2026-03-16T06:00:00');

/** 340 prospects in three tiers, 25 mails, and as many booked and completed calls as told. */
function week({ booked, completed }: { booked: number; completed: number }): SqliteHouse {
  const house = new SqliteHouse();
  const monday = at('2026-03-09T09:00:00');
  const ids = Array.from({ length: 340 }, (_, index) => index + 1);
  house.insert(
    'contacts',
    ids.map((id) => ({
      contact_id: id,
      contact_key: `k${id}`,
      tier: id <= 25 ? 1 : id <= 125 ? 2 : 3,
      lead_added_at: monday,
      channel_origin: 'cold_email',
    })),
  );
  const sentAt = monday + 60 * MINUTE;
  house.insert(
    'email_messages',
    ids.slice(0, 25).map((id) => ({
      contact_id: id,
      message_id: `m${id}`,
      created_at: sentAt,
      campaign_id: 'c',
    })),
  );
  const event = (id: number, event_type: string, minutes: number) => ({
    contact_id: id,
    message_id: `m${id}`,
    event_id: `${event_type}${id}`,
    event_type,
    occurred_at: sentAt + minutes * MINUTE,
    landed_at: sentAt,
  });
  house.insert('email_events', [
    ...ids.slice(0, 25).map((id) => event(id, 'sent', 0)),
    ...ids.slice(0, 24).map((id) => event(id, 'delivered', 1)),
    event(25, 'bounced', 1),
    ...ids.slice(0, 8).map((id) => event(id, 'opened', 30)),
    ...ids.slice(0, 3).map((id) => event(id, 'clicked', 31)),
    ...ids.slice(0, 2).map((id) => event(id, 'replied', 60)),
  ]);
  const calls = ids.slice(0, booked).map((id) => {
    const bookedAt = sentAt + 120 * MINUTE;
    const call = {
      contact_id: id,
      call_key: `b${id}`,
      provider: 'manual',
      class: 'booked',
      direction: 'outbound',
    };
    const done = {
      started_at: bookedAt + 60 * MINUTE,
      completed_at: bookedAt + 85 * MINUTE,
      duration_s: 1500,
    };
    return { ...call, booked_at: bookedAt, ...(id <= completed ? done : {}) };
  });
  for (const call of calls) house.insert('calls', [call]);
  const stages: [string, number][] = [
    ['new', 340],
    ['contacted', 25],
    ['replied', 2],
    ['scheduled', booked],
    ['called', completed],
  ];
  stages.forEach(([to_value, count], place) => {
    house.insert(
      'status_changes',
      ids.slice(0, count).map((id) => ({
        contact_id: id,
        field: 'sales_stage',
        occurred_at: monday + place * 60 * MINUTE,
        from_value: place === 0 ? null : stages[place - 1]![0],
        to_value,
        cause: 'test',
        rule_id: 'S1',
      })),
    );
  });
  return house;
}

describe('the week of the sales document', () => {
  const house = week({ booked: 2, completed: 1 });
  const lines = house.query(
    "select * from weekly_summary where week = '2026-W11' order by position",
    { as_of },
  );
  const line = (name: string) => lines.find((row) => row.line === name)!;

  it('lists the lines of R10 in their order', () => {
    expect(lines.map((row) => row.line)).toEqual([
      'Emails Sent',
      'Email Open Rate',
      'Email Reply Rate',
      'Calls Scheduled',
      'Calls Completed',
      'Deals Closed',
      'Next Week Target',
      'Email Send Rate',
      'Call Conversion',
      'Deal Conversion',
      'Delivered',
      'Bounced',
      'Failed',
      'Clicked',
      'Calls Pending',
      'Average Call Minutes',
      'Revenue',
      'Top Channel',
      'Danger List',
    ]);
    expect(lines.every((row) => row.state === 'complete')).toBe(true);
  });

  it('says its figures exactly', () => {
    expect(line('Emails Sent').value).toBe(25);
    expect(line('Delivered')).toMatchObject({
      value: 24,
      denominator: 25,
      value_text: '24 (96 %)',
    });
    expect(line('Bounced').value_text).toBe('1 (4 %)');
    expect(line('Failed').value).toBe(0);
    expect(line('Email Open Rate')).toMatchObject({
      value: 0.32,
      numerator: 8,
      denominator: 25,
      flag: 'healthy',
    });
    expect(line('Clicked').value_text).toBe('3 (12 %)');
    expect(line('Email Reply Rate')).toMatchObject({
      value: 0.08,
      numerator: 2,
      denominator: 25,
      flag: 'normal',
    });
    expect(line('Calls Scheduled').value).toBe(2);
    expect(line('Calls Completed').value).toBe(1);
    expect(line('Calls Pending').value).toBe(1);
    expect(line('Average Call Minutes').value).toBe(25);
    expect(line('Call Conversion')).toMatchObject({ value: 1, numerator: 2, denominator: 2 });
    expect(line('Next Week Target')).toMatchObject({
      value: 50,
      value_text: '50 emails, 2–3 calls',
    });
  });

  it('reads on its page as in the document', () => {
    const report = weekReport(lines as unknown as WeekRow[], { as_of, is_sample: false });
    const page = [...report.headlines, ...report.others];
    const said = Object.fromEntries(
      page.map(({ line: name, value, counted }) => [name, [value, counted]]),
    );
    expect(said).toMatchObject({
      'Emails Sent': ['25', ''],
      'Email Open Rate': ['32 %', '8 of 25, 8 by a person'],
      'Email Reply Rate': ['8 %', '2 of 25'],
      'Next Week Target': ['50 emails, 2–3 calls', ''],
      'Email Send Rate': ['25', '25 in 1 day'],
      Delivered: ['24 (96 %)', '24 of 25'],
      Bounced: ['1 (4 %)', '1 of 25'],
      Clicked: ['3 (12 %)', '3 of 25, 3 by a person'],
      'Average Call Minutes': ['25 min', '25 min in 1 call'],
    });
  });

  it('reaches the pipeline’s stages as told, and counts everybody once', () => {
    const rows = house.query(
      `select stage, reached, current_count from funnel
       where ladder = 'pipeline' and dimension = 'all' order by stage_no`,
      { as_of },
    );
    const reached = Object.fromEntries(rows.map((row) => [row.stage, row.reached]));
    expect(reached).toMatchObject({
      new: 340,
      contacted: 25,
      replied: 2,
      scheduled: 2,
      called: 1,
      proposal: 0,
      closed_won: 0,
    });
    expect(rows.find((row) => row.stage === 'new')!.current_count).toBe(315);
    expect(rows.reduce((sum, row) => sum + Number(row.current_count), 0)).toBe(340);
    const tiers = house.query(
      `select value, leads from funnel
       where dimension = 'tier' and stage = 'new' and ladder = 'pipeline' order by value`,
      { as_of },
    );
    expect(tiers.map((row) => row.leads)).toEqual([25, 100, 215]);
  });

  it('holds the same mail in every mart', () => {
    const total = (sql: string) => house.query(sql, { as_of })[0]!.total;
    expect(total('select sum(emails_sent) as total from daily')).toBe(25);
    expect(total('select sum(sent) as total from email_performance')).toBe(25);
    expect(total('select count(sent_at) as total from fct_email_message')).toBe(25);
    expect(total('select sum(leads_added) as total from daily')).toBe(340);
    expect(total('select count(*) as total from dim_contact')).toBe(340);
  });
});

it('says the other example too: five scheduled, three completed', () => {
  const house = week({ booked: 5, completed: 3 });
  const rows = house.query("select line, value from weekly_summary where week = '2026-W11'", {
    as_of,
  });
  const values = Object.fromEntries(rows.map((row) => [row.line, row.value]));
  expect(values).toMatchObject({ 'Calls Scheduled': 5, 'Calls Completed': 3, 'Calls Pending': 2 });
});
