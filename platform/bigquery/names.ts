/** Names of a dataset's tables. */

/** The table that names the load that readers see of each mart. */
export const CURRENT_RUN = 'current_run';

/** The two load tables of a mart; its own name is the readers' view. */
export const sidesOf = (mart: string): [string, string] => [`${mart}__a`, `${mart}__b`];
