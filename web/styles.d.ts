/** Style sheets are imported as text, like SQL, and served by the API under a content hash. */
declare module '*.css' {
  const text: string;
  export default text;
}
