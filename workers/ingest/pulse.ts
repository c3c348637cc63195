/** The live pulse of the doors: a point per fact as it lands (F7). It never holds up a fact. */
import { writePoints } from '../../platform/analytics-engine.ts';
import type { FactMessage } from '../../platform/fact-queue.ts';
import type { Env } from './env.ts';

export async function writePulse(env: Env, messages: FactMessage[]): Promise<void> {
  try {
    await writePoints(
      env,
      messages.flatMap((message) => message.facts),
    );
  } catch (error) {
    console.error('the pulse was not written', String(error));
  }
}
