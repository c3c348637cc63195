/** Where facts come from: what each source last told, how late, and whether it is well. */
import { html } from 'hono/html';
import { ago } from '../../core/display/dates.ts';
import { count, counted, minutes, NONE } from '../../core/display/numbers.ts';
import { MINUTE } from '../../core/durations.ts';
import type { Pulse } from '../../core/pages/dashboard.ts';
import { isSilent, type Source, sourceName } from '../../core/sources.ts';
import { card, quiet } from '../card.ts';
import type { Html } from '../page.ts';
import { type Cell, number, table, text, twoLines } from '../table.ts';

const LEDE = html`What came in, how late, and what is wrong. A source is silent when it has told
nothing for longer than it usually does. <a href="/waiting">What waits</a>.`;

export function sourceHealth(sources: Source[], now: number): Html {
  if (sources.length === 0)
    return card('sources', 'Sources', LEDE, quiet('Nothing has come in yet.'), true);
  const since = (instant: number | null): string => (instant === null ? NONE : ago(instant, now));
  const length = (ms: number | null): string => (ms === null ? NONE : minutes(ms / MINUTE));
  const rows = sources.map((source) => [
    sourceName(source),
    stateOf(source, now),
    since(source.last_landed_at),
    length(source.lag_ms),
    length(source.gap_ms),
    since(source.last_seen_at),
  ]);
  const heads = [
    text('Source'),
    text('State'),
    number('Last fact'),
    number('Delay'),
    number('Usual gap, at most'),
    number('Last contact'),
  ];
  return card('sources', 'Sources', LEDE, table('Health of sources', heads, rows), true);
}

/** What is wrong with it, the worst first. */
function stateOf(source: Source, now: number): Cell {
  const { failure, failed_since, in_quarantine } = source;
  const rest =
    in_quarantine > 0 ? `${counted(in_quarantine, 'event', 'events')} in quarantine` : '';
  if (failure !== null) return twoLines(`Failing, first ${ago(failed_since ?? now, now)}`, failure);
  if (isSilent(source)) return twoLines('Silent', rest);
  return rest || 'Well';
}

/** How many facts came in just now, as Analytics Engine counts them (F7). */
export function livePulse(pulse: Pulse): Html {
  const lede = 'Facts as they come in, by provider. Imports are not among them.';
  if ('unavailable' in pulse)
    return card('pulse', 'Live pulse', lede, quiet(pulse.unavailable), true);
  const { counts } = pulse;
  if (counts.length === 0)
    return card('pulse', 'Live pulse', lede, quiet('Nothing came in within the last day.'), true);
  const rows = counts.map(({ provider, minute, hour, day }) => [
    provider,
    count(minute),
    count(hour),
    count(day),
  ]);
  const heads = [text('Provider'), number('Last minute'), number('Last hour'), number('Last day')];
  return card('pulse', 'Live pulse', lede, table('Live pulse', heads, rows), true);
}
