/** `status --settings`: every setting of the house and whether it is set; never a value. */
import type { Call } from '../command.ts';
import { givenSettings } from '../house/settings.ts';
import { textTable } from '../text-table.ts';

export function listSettings(call: Call): void {
  const settings = Object.entries(givenSettings).map(([name, { description }]) => ({
    name,
    is_set: Boolean(process.env[name]),
    takes: description ?? '',
  }));
  const rows = settings.map(({ name, is_set, takes }) => ({
    name,
    is_set: is_set ? 'set' : '–',
    takes: takes.length > 60 ? `${takes.slice(0, 59)}…` : takes,
  }));
  call.print({ settings }, textTable(['name', 'is_set', 'takes'], rows));
}
