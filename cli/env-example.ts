/** `.env.example`: every setting of the house on this machine, one line each. */
import { givenSettings } from './house/settings.ts';

const HEAD = `# Settings of the house on this machine. Copy this file to .env and fill in what you
# need; an empty value changes nothing, and what the environment of a command already has
# wins. docs/go-live.md says what to set on Cloudflare.
`;

export const envExample = (): string =>
  HEAD +
  Object.entries(givenSettings)
    .map(([name, { description }]) => `${name}= # ${description}\n`)
    .join('');
