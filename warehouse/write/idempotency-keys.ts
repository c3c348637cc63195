/**
 * What the API's clients call their deliveries: a key stands for one body, whatever is still on the
 * queue (F1).
 */
import { eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import { Fault } from '../../core/faults.ts';
import { idempotencyKeys } from '../schema/index.ts';

/**
 * Keeps the key with the hash of its body. Throws `Fault('key_reused')` where it stands for another
 * one. Safe to repeat.
 */
export async function claimKey(
  db: D1Database,
  idempotency_key: string,
  body_hash: string,
): Promise<void> {
  const orm = drizzle(db);
  const [, found] = await orm
    .batch([
      orm.insert(idempotencyKeys).values({ idempotency_key, body_hash }).onConflictDoNothing(),
      orm
        .select({ body_hash: idempotencyKeys.body_hash })
        .from(idempotencyKeys)
        .where(eq(idempotencyKeys.idempotency_key, idempotency_key)),
    ])
    .catch((error) => {
      throw new Fault('storage_busy', 'the Idempotency-Key could not be kept; send it again', {
        cause: String(error),
      });
    });
  if (found[0]?.body_hash === body_hash) return;
  throw new Fault(
    'key_reused',
    'Idempotency-Key: was sent before with another body; give this body a key of its own',
    { field: 'Idempotency-Key' },
  );
}
