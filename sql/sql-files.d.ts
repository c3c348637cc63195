/**
 * SQL files are imported as text: natively by wrangler and the vitest plugin, in Node by
 * `cli/text-loader.mjs`.
 */
declare module '*.sql' {
  const text: string;
  export default text;
}
