/** Scripts for browsers are imported as text. */
declare module '*.client.js' {
  const text: string;
  export default text;
}
