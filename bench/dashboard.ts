/** The dashboard of a house, as a browser with a session asks for it. */
import { TOKEN } from '../test/house.ts';
import type { BenchHouse } from './house.ts';

/** Opens a session; the returned function answers the first HTML, or fails. */
export async function openDashboard({ url }: BenchHouse): Promise<() => Promise<string>> {
  const entry = await fetch(new URL(`/?token=${TOKEN}`, url), { redirect: 'manual' });
  await entry.arrayBuffer();
  const cookie = entry.headers.get('set-cookie')!.split(';')[0]!;
  return async () => {
    const answer = await fetch(url, { headers: { cookie } });
    const html = await answer.text();
    if (answer.status !== 200)
      throw new Error(`the dashboard was answered ${answer.status}: ${html.slice(-600)}`);
    return html;
  };
}
