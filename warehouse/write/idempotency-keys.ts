/** What the API's clients call their deliveries: a key stands for one body, whatever is still on the queue (F1). */
import { Fault } from '../../core/faults.ts';

/** Keeps the key with the hash of its body. Throws `Fault('key_reused')` where it stands for another one. Safe to repeat. */
export async function claimKey(db: D1Database, key: string, body_hash: string): Promise<void> {
  const [, found] = await db
    .batch<{ body_hash: string }>([
      db
        .prepare(
          `insert into idempotency_keys (idempotency_key, body_hash) values (?, ?)
           on conflict do nothing`,
        )
        .bind(key, body_hash),
      db.prepare('select body_hash from idempotency_keys where idempotency_key = ?').bind(key),
    ])
    .catch((error) => {
      throw new Fault('storage_busy', 'the Idempotency-Key could not be kept; send it again', {
        cause: String(error),
      });
    });
  if (found?.results[0]?.body_hash === body_hash) return;
  throw new Fault(
    'key_reused',
    'Idempotency-Key: was sent before with another body; give this body a key of its own',
    { field: 'Idempotency-Key' },
  );
}
