import type { Contract } from '../../../contract.ts';
import { defineMart } from '../../../mart.ts';
import type { RowsBehind } from '../../../rows-behind.ts';
import { checks } from '../../checks/index.ts';
import sql from './data_quality.sql';

const contract = {
  name: 'data_quality',
  kind: 'mart',
  answers: 'Which conservation laws hold?',
  grain: ['checked_run_id', 'check_id'],
  columns: [
    { name: 'checked_run_id', type: 'string', description: 'The run checked.' },
    { name: 'check_id', type: 'string', description: 'The law.' },
    { name: 'severity', type: 'string', description: 'block stops the publish, warn does not.' },
    {
      name: 'failing',
      type: 'integer',
      description: 'Offending rows.',
      metric: {
        owner: 'founder',
        healthy_range: '0',
        what_to_do_when_worse:
          'Read the law and its sample rows; the runbook says what to do where the publish was ' +
          'stopped.',
      },
    },
    { name: 'sample_keys', type: 'string', description: 'Some of them.' },
    { name: 'status', type: 'string', description: 'holds, blocked or warned.' },
  ],
  sheets: 'all',
} as const satisfies Contract;

const offending = ['failing', 'sample_keys', 'status'];

const rows: RowsBehind[] = [
  {
    note:
      'Each is a person of whom other rows are stored than their facts give, of a sample that ' +
      'changes every night; signalhouse rebuild puts them right.',
    when: "key.check_id = 'check_stored_rows'",
    columns: offending,
  },
  ...checks.map(({ name }) => ({
    view: name,
    when: `key.check_id = '${name}'`,
    columns: offending,
  })),
  {
    note:
      'Each is a cell of a published table that held a mail address or a phone number; ' +
      'it stands there as withheld- and a hash (docs/nights.md).',
    when: "key.check_id = 'check_withheld_texts'",
    columns: offending,
  },
];

export const dataQuality = defineMart({ sql, contract, rows, isLive: true });
