import type { Contract } from '../../../contract.ts';
import { defineMart } from '../../../mart.ts';
import sql from './restatements.sql';

const contract = {
  name: 'restatements',
  kind: 'mart',
  answers: 'Which published figures turned out otherwise later, and why?',
  grain: ['restated_run_id', 'attempt', 'mart', 'key', 'column_name'],
  columns: [
    { name: 'restated_run_id', type: 'string', description: 'The run that found it.' },
    { name: 'attempt', type: 'integer', description: 'Attempt of that run.' },
    { name: 'run_as_of', type: 'timestamp', description: 'Instant for which that run was true.' },
    { name: 'mart', type: 'string', description: 'The table: daily or weekly_summary.' },
    {
      name: 'key',
      type: 'string',
      description: 'The row: the values of the table’s grain, in its order.',
    },
    { name: 'column_name', type: 'string', description: 'The column.' },
    {
      name: 'old_value',
      type: 'string',
      description:
        'What was published, as text; 0 where a count or an amount had no row, else empty. ' +
        'Money is in units of its currency.',
    },
    { name: 'new_value', type: 'string', description: 'What the same instant gives now.' },
    {
      name: 'published_as_of',
      type: 'timestamp',
      description: 'The instant for which both values are told.',
    },
    { name: 'load_before', type: 'string', description: 'The load that carried the old value.' },
    { name: 'load_after', type: 'string', description: 'The load of the run that found it.' },
    {
      name: 'cause',
      type: 'string',
      description:
        'rules_version, merge, late_fact or correction: what has befallen the people of that ' +
        'row since it was published.',
    },
  ],
  sheets: { where: 'run_as_of >= (select as_of - 3024000000 from stg_clock)' },
  through: 'run_as_of',
} as const satisfies Contract;

export const restatements = defineMart({ sql, contract, isLive: true });
