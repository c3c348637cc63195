import type { Contract } from '../../../contract.ts';
import { defineMart } from '../../../mart.ts';
import sql from './export_runs.sql';

const contract = {
  name: 'export_runs',
  kind: 'mart',
  answers: 'What did each earlier night publish, and did it arrive whole?',
  grain: ['loaded_run_id', 'mart', 'destination', 'load_id'],
  columns: [
    { name: 'loaded_run_id', type: 'string', description: 'The run described.' },
    { name: 'mart', type: 'string', description: 'The table.' },
    { name: 'destination', type: 'string', description: 'Where it went.' },
    { name: 'load_id', type: 'string', description: 'Names the load.' },
    { name: 'attempt', type: 'integer', description: 'Attempt of the run.' },
    { name: 'run_as_of', type: 'timestamp', description: 'Instant for which that run was true.' },
    { name: 'rules_version', type: 'string', description: 'The rules in force.' },
    { name: 'started_at', type: 'timestamp', description: 'Start of the load.' },
    { name: 'finished_at', type: 'timestamp', description: 'End of the load.' },
    { name: 'rows_source', type: 'integer', description: 'Rows rendered.' },
    { name: 'rows_destination', type: 'integer', description: 'Rows read back.' },
    { name: 'checksum_source', type: 'string', description: 'Checksum of what was rendered.' },
    {
      name: 'checksum_destination',
      type: 'string',
      description: 'Checksum of what was read back.',
    },
    { name: 'status', type: 'string', description: 'open, written, verified, closed or failed.' },
    { name: 'data_through', type: 'timestamp', description: 'Last instant of its data.' },
  ],
  sheets: 'all',
  through: 'run_as_of',
} as const satisfies Contract;

export const exportRuns = defineMart({ sql, contract, isLive: true });
