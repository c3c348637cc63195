/** Takes a house, notes that it came in and went out, and gives the house back, `times` times. */
import { appendFileSync } from 'node:fs';
import { lockState } from '../../cli/house/lock.ts';
import { openState } from '../../cli/house/state.ts';

const [root, log, times, holdMs] = process.argv.slice(2) as [string, string, string, string];
const note = (what: string) => appendFileSync(log, `${what} ${process.pid}\n`);

for (let n = 0; n < Number(times); n++) {
  const giveBack = await lockState(openState(root), () => {});
  note('in');
  await new Promise((done) => setTimeout(done, Number(holdMs)));
  note('out');
  giveBack();
}
