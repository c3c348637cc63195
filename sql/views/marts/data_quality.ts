import type { Contract } from '../../contract.ts';

export const contract = {
  name: 'data_quality',
  kind: 'mart',
  answers: 'Which conservation laws hold?',
  grain: ['checked_run_id', 'check_id'],
  columns: [
    { name: 'checked_run_id', type: 'string', description: 'The run checked.' },
    { name: 'check_id', type: 'string', description: 'The law.' },
    { name: 'severity', type: 'string', description: 'block stops the publish, warn does not.' },
    { name: 'failing', type: 'integer', description: 'Offending rows.' },
    { name: 'sample_keys', type: 'string', description: 'Some of them.' },
    { name: 'status', type: 'string', description: 'holds, blocked or warned.' },
  ],
  sheets: 'all',
} as const satisfies Contract;
