/** The pages of the house: the week, people, a person. */
import { Hono } from 'hono';
import { now } from '../../core/clock.ts';
import { Fault } from '../../core/faults.ts';
import { readPulse } from '../../platform/live-pulse.ts';
import { readHouse } from '../../warehouse/house.ts';
import { readDashboard } from '../../warehouse/read/dashboard.ts';
import { readList } from '../../warehouse/read/lists.ts';
import { readPeople } from '../../warehouse/read/people.ts';
import { readPerson } from '../../warehouse/read/person.ts';
import { dashboard } from '../../web/dashboard.ts';
import { beingComputed } from '../../web/messages.ts';
import { styleSheet } from '../../web/page.ts';
import { peoplePage } from '../../web/people.ts';
import { personPage } from '../../web/person.ts';
import {
  MOST_WAITING,
  type QuarantinedEvent,
  type WaitingRow,
  waitingPage,
} from '../../web/waiting.ts';
import { RETRY_AFTER_S } from '../http.ts';
import { session } from './access.ts';
import { type App, parseConfig } from './env.ts';
import { refreshIfSmall } from './refresh-marts.ts';

export const pages = new Hono<App>();

pages.get('/styles.css', (c) =>
  c.body(styleSheet.text, 200, {
    'content-type': 'text/css; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
  }),
);

pages.get('/', session, async (c) => {
  await refreshIfSmall(c.env);
  const [figures, pulse] = await Promise.all([
    readDashboard(c.env.DB, parseConfig(c.env)),
    readPulse(c.env),
  ]);
  if (figures) return c.html(dashboard({ ...figures, pulse }));
  return c.html(beingComputed(), 503, { 'retry-after': RETRY_AFTER_S });
});

pages.get('/waiting', session, async (c) => {
  const config = parseConfig(c.env);
  const as_of = now(config);
  const waiting = { limit: MOST_WAITING, as_of };
  const [events, facts, house] = await Promise.all([
    readList(c.env.DB, 'dead-events', { ...waiting, status: 'waiting' }),
    readList(c.env.DB, 'waiting', waiting),
    readHouse(c.env.DB),
  ]);
  const is_sample = house?.is_sample === 1;
  const setting = { as_of, time_zone: config.BUSINESS_TIME_ZONE, is_sample };
  return c.html(waitingPage(events as QuarantinedEvent[], facts as WaitingRow[], setting));
});

pages.get('/people', session, async (c) => {
  const config = parseConfig(c.env);
  const { q = '', status = '', stage = '', page = '1' } = c.req.query();
  const number = Math.max(1, Math.min(100_000, Math.trunc(Number(page)) || 1));
  const { is_sample, ...people } = await readPeople(c.env.DB, {
    text: q,
    status,
    stage,
    page: number,
  });
  return c.html(
    peoplePage(people, { as_of: now(config), time_zone: config.BUSINESS_TIME_ZONE, is_sample }),
  );
});

pages.get('/people/:id', session, async (c) => {
  const config = parseConfig(c.env);
  const as_of = now(config);
  const [person, house] = await Promise.all([
    readPerson(c.env.DB, c.req.param('id'), {
      as_of,
      country: config.DEFAULT_COUNTRY,
      secret: config.CONTACT_KEY_SECRET,
    }),
    readHouse(c.env.DB),
  ]);
  if (!person) throw new Fault('not_found', 'Nobody has this address.');
  const setting = {
    as_of,
    time_zone: config.BUSINESS_TIME_ZONE,
    is_sample: house?.is_sample === 1,
  };
  const referral_link = new URL(`/r/${person.referral_code}`, c.req.url).href;
  return c.html(personPage(person, setting, referral_link));
});
