/** `POST /import/names`: whom an import means by a full name. */
import { z } from 'zod';
import { Fault } from '../../core/faults.ts';
import { type Named, peopleByName } from '../../warehouse/people/by-name.ts';

const MOST_NAMES = 1000;
const body = z.object({ names: z.array(z.string().max(500)).max(MOST_NAMES) });

/** One answer per name, in order. Throws `bad_input` naming what is wrong with the body. */
export async function answerNames(db: D1Database, json: unknown): Promise<{ people: Named[] }> {
  const asked = body.safeParse(json);
  if (!asked.success) {
    const [issue] = asked.error.issues;
    throw new Fault('bad_input', `${issue?.path.join('.') || 'body'}: ${issue?.message}`);
  }
  return { people: await peopleByName(db, asked.data.names) };
}
