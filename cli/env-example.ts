/** `.env.example`: every setting of the house on this machine, under what it is. */
import { wrapped } from '../core/display/wrapped.ts';
import { givenSettings } from './house/settings.ts';

const HEAD = `# Settings of the house on this machine. Copy this file to .env and fill in your own.
# An empty value changes nothing, and a variable that is already set wins.
# docs/go-live.md says what to set on Cloudflare.
`;

export const envExample = (): string =>
  HEAD +
  Object.entries(givenSettings)
    .map(([name, { description }]) => `\n${wrapped(`# ${description}`, '# ')}\n${name}=\n`)
    .join('');
