/** Which definition of the marts a refresh was made by: what another one made is not read. */
import { rulesVersion } from '../../core/rules/config.ts';
import { views } from '../../sql/views/index.ts';
import { dashboardQueries } from './dashboard.ts';
import { versionOf } from './version.ts';

const anyMonday = '1970-01-05';

/** Changes with every rule, view and query of the dashboard. */
export const definition: string = versionOf([
  rulesVersion,
  ...views.map(({ sql }) => sql),
  ...dashboardQueries(anyMonday),
]);
