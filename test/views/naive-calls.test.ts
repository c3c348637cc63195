/**
 * Speed to lead, agents and the danger list against loops over the stored calls and sales of drawn
 * houses (R2–R5, G3, G9).
 */
import { expect, it } from 'vitest';
import { DAY, MINUTE } from '../../core/durations.ts';
import { expectAgreement, inHouses, percentile, sum } from './by-loops.ts';
import { randomAsOf as as_of } from './random-house.ts';
import type { SqliteHouse, ViewRow } from './sqlite-house.ts';

const HOUSES = process.env.FULL ? 150 : 30;
const bounds = [1, 5, 15, 30, 60, 240, 1440, 3 * 1440, 7 * 1440];

type Loose = Record<string, unknown>;
type Call = Loose & { key: string; at: number; day: string; agent: string; connected: boolean };
type Lead = Loose & {
  added: number;
  attempts: Call[];
  first_sale: ViewRow | undefined;
  seller: string;
  paid: boolean;
};

const order = (a: Call, b: Call) => a.at - b.at || (a.key < b.key ? -1 : 1);
const isPhone = ({ source }: Loose) => source !== 'discord';
const grouped = <T>(list: T[], key: (one: T) => unknown[]) =>
  Map.groupBy(list, (one) => JSON.stringify(key(one)));

function leadsOf(house: SqliteHouse): Lead[] {
  const rows = (view: string) => house.query(`select * from ${view}`, { as_of });
  const calls = rows('stg_calls')
    .filter(({ started_at }) => started_at !== null)
    .map((call): Call => {
      const { call_key, started_at, agent_id, is_connected } = call;
      const named = {
        key: String(call_key),
        agent: String(agent_id),
        day: String(call.started_day),
      };
      return { ...call, ...named, at: Number(started_at), connected: is_connected === 1 };
    })
    .sort(order);
  const sales = rows('stg_purchases').sort(
    (a, b) =>
      Number(a.purchased_at) - Number(b.purchased_at) ||
      (String(a.purchase_key) < String(b.purchase_key) ? -1 : 1),
  );
  return rows('int_contacts').map((contact): Lead => {
    const own = <T extends Loose>(list: T[]) =>
      list.filter(({ contact_id }) => contact_id === contact.contact_id);
    const added = Number(contact.lead_added_at);
    const attempts = own(calls).filter((call) => {
      const isOurs = call.direction === 'outbound' || !isPhone(call);
      return isOurs && call.class !== 'no_call' && call.at >= added;
    });
    const first_sale = own(sales).find(({ kind }) => kind !== 'refund');
    const reached = own(calls).filter(
      ({ connected, at }) => connected && at < Number(first_sale?.purchased_at),
    );
    const paid = own(sales).some(({ kind, purchase_key, amount_minor }) => {
      const back = own(sales).filter(
        (row) => row.kind === 'refund' && row.refund_of_key === purchase_key,
      );
      return (
        kind !== 'refund' &&
        !(
          back.length > 0 &&
          -sum(back.map((row) => Number(row.amount_minor))) >= Number(amount_minor)
        )
      );
    });
    const skipped = own(calls).some((call) => call.class === 'no_call' && call.at >= added);
    const seller = String(first_sale?.agent_id ?? reached.at(-1)?.agent ?? 'unknown');
    return { ...contact, added, attempts, first_sale, seller, paid, skipped: skipped ? 1 : 0 };
  });
}

function placed(lead: Lead, days: ViewRow[]) {
  const placer = lead.attempts.find(isPhone) ?? lead.attempts[0];
  const category = placer
    ? isPhone(placer)
      ? 'phone'
      : 'whatsapp_only'
    : lead.skipped
      ? 'deliberately_skipped'
      : 'never_called';
  const minutes = placer ? (placer.at - lead.added) / MINUTE : null;
  const open = days.map(({ opens_at, closes_at }) => {
    return Math.max(
      0,
      Math.min(Number(closes_at), placer?.at ?? 0) - Math.max(Number(opens_at), lead.added),
    );
  });
  const slowest = {
    phone: 1 + bounds.filter((bound) => minutes! >= bound).length,
    whatsapp_only: 11,
  };
  return {
    contact_key: lead.contact_key,
    category,
    bucket_no: { ...slowest, deliberately_skipped: 12, never_called: 13 }[category],
    minutes_wall: minutes,
    minutes_business: placer ? sum(open) / MINUTE : null,
    agent: placer?.agent ?? 'none',
    is_connected: lead.attempts.some(({ connected }) => connected) ? 1 : 0,
  };
}

/** Rows of agent_performance for a dimension and a period, `all` or an ISO week. */
function performance(
  leads: Lead[],
  weekOf: Map<string, string>,
  dimension: 'all' | 'lead_type' | 'term',
  period: string,
) {
  const isIn = (day: string) => period === 'all' || weekOf.get(day) === period;
  const works = leads.flatMap((lead) => {
    const sold =
      lead.first_sale && isIn(String(lead.first_sale.purchased_day)) ? lead.seller : null;
    const attempts = lead.attempts.filter(({ day }) => isIn(day));
    return [...new Set([...attempts.map(({ agent }) => agent), ...(sold ? [sold] : [])])].map(
      (agent) => {
        const first =
          lead.attempts[0]?.agent === agent && isIn(lead.attempts[0].day)
            ? lead.attempts[0].at - lead.added
            : null;
        return {
          lead,
          agent,
          attempts: attempts.filter((call) => call.agent === agent),
          paid: sold === agent ? 1 : 0,
          first,
        };
      },
    );
  });
  const pairs = works.filter(({ agent }) => agent !== 'unknown');
  const kindOf = ({ lead }: (typeof works)[number]) => [lead.lead_type, lead.tier];
  const rates = new Map(
    [...grouped(pairs, kindOf)].map(([kind, of]) => [
      kind,
      sum(of.map(({ paid }) => paid)) / of.length,
    ]),
  );
  return [
    ...grouped(works, ({ agent, lead }) => [agent, dimension === 'all' ? 'all' : lead[dimension]]),
  ].map(([key, own]) => {
    const [agent, value] = JSON.parse(key) as string[];
    const dials = own.flatMap(({ attempts }) => attempts);
    const talks = dials
      .filter(({ connected }) => connected)
      .map(({ duration_s }) => Number(duration_s ?? 0));
    const speeds = own.flatMap(({ first }) => (first === null ? [] : [first / MINUTE]));
    return {
      agent,
      value,
      leads_handled: own.filter(({ attempts }) => attempts.length > 0).length,
      dials: dials.length,
      connected: talks.length,
      paid_conversions: sum(own.map(({ paid }) => paid)),
      talk_minutes: sum(talks) / 60,
      median_speed_minutes: percentile(0.5, speeds),
      expected_paid:
        agent === 'unknown'
          ? null
          : sum(own.map((work) => rates.get(JSON.stringify(kindOf(work)))!)),
    };
  });
}

const endangered = (leads: Lead[]) =>
  leads
    .filter(
      ({ attempts, paid }) =>
        attempts.length >= 3 && !paid && !attempts.some(({ connected }) => connected),
    )
    .sort(
      (a, b) =>
        b.attempts.length - a.attempts.length ||
        a.added - b.added ||
        (String(a.contact_key) < String(b.contact_key) ? -1 : 1),
    )
    .slice(0, 30)
    .map(({ contact_key, attempts, added }, i) => ({
      rank: i + 1,
      contact_key,
      attempts: attempts.length,
      days_since_added: Math.floor((as_of - added) / DAY),
      agents_tried: new Set(
        attempts.map(({ agent }) => agent).filter((agent) => agent !== 'unknown'),
      ).size,
    }));

function compare(house: SqliteHouse, words: string): number {
  const leads = leadsOf(house);
  const days = house.query('select * from stg_calendar where is_business_day = 1', { as_of });
  const calendar = house.query('select day, iso_week from stg_calendar', { as_of });
  const weekOf = new Map(calendar.map(({ day, iso_week }) => [String(day), String(iso_week)]));
  const ours = (view: string) => house.query(`select * from ${view}`, { as_of });
  const timed = leads.map((lead) => placed(lead, days));
  expectAgreement(ours('fct_speed_to_lead'), timed, words);
  expectAgreement(ours('danger_list'), endangered(leads), words);
  const agents = ours('agent_performance');
  for (const period of new Set(agents.map((row) => String(row.period))))
    for (const dimension of ['all', 'lead_type', 'term'] as const) {
      const published = agents.filter(
        (row) => row.period === period && row.dimension === dimension,
      );
      expectAgreement(
        published,
        performance(leads, weekOf, dimension, period),
        `${words}, ${dimension} ${period}`,
      );
    }
  house.close();
  return sum(leads.map(({ attempts }) => attempts.length));
}

it('place leads, credit agents and warn of the danger as loops do', () => {
  expect(inHouses(150, HOUSES, compare)).toBeGreaterThan(300);
});
