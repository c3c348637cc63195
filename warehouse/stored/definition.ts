/** Which definition of the marts a refresh was made by: what another one made is not read. */
import { hash } from '../../core/hash.ts';
import { rulesVersion } from '../../core/rules/config.ts';
import { expandMacros } from '../../sql/macros.ts';
import { views } from '../../sql/views/index.ts';
import { dashboardQueries } from './dashboard.ts';

const anyMonday = '1970-01-05';

/** Changes with every rule, view and query of the dashboard. */
export const definition: string = hash(
  [
    rulesVersion,
    ...views.map(({ sql }) => expandMacros(sql, 'sqlite')),
    ...dashboardQueries(anyMonday),
  ].join('\n'),
).slice(0, 12);
