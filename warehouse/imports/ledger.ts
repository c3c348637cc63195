/** The imports that a house has had: one row per file, from its first fact on. */
import { and, desc, eq, isNotNull, isNull } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import { Fault } from '../../core/faults.ts';
import { imports } from '../schema/index.ts';

export type Import = typeof imports.$inferSelect;

/** What is known of an import before its first row. */
export type NewImport = Pick<
  Import,
  'kind' | 'file_name' | 'file_hash' | 'imported_by' | 'columns_hash' | 'mapping'
>;

/** What became of its rows; together with those rejected they are all of the file. */
export type ImportCounts = Pick<
  Import,
  'row_count' | 'new_count' | 'updated_count' | 'skipped_count' | 'waiting_count' | 'rejected_count'
>;

/**
 * Begins an import, and answers its id. One of the same file that was stopped goes on, so that a
 * single undo takes back all of it.
 */
export async function beginImport(db: D1Database, given: NewImport, now: number): Promise<number> {
  const orm = drizzle(db);
  const stopped = await orm
    .select({ import_id: imports.import_id })
    .from(imports)
    .where(
      and(
        eq(imports.kind, given.kind),
        eq(imports.file_hash, given.file_hash),
        isNull(imports.finished_at),
        isNull(imports.undone_at),
      ),
    )
    .orderBy(desc(imports.import_id))
    .get();
  if (stopped) return stopped.import_id;
  const [begun] = await orm
    .insert(imports)
    .values({ ...given, imported_at: now })
    .returning({ import_id: imports.import_id });
  return begun!.import_id;
}

/** Throws `Fault('not_found')`. */
export async function importOf(db: D1Database, import_id: number): Promise<Import> {
  const found = await drizzle(db)
    .select()
    .from(imports)
    .where(eq(imports.import_id, import_id))
    .get();
  if (found) return found;
  throw new Fault('not_found', `there is no import ${import_id}; list imports shows them`);
}

export async function finishImport(
  db: D1Database,
  import_id: number,
  counts: ImportCounts,
  now: number,
): Promise<void> {
  await drizzle(db)
    .update(imports)
    .set({ ...counts, finished_at: now })
    .where(eq(imports.import_id, import_id));
}

export async function markUndone(db: D1Database, import_id: number, now: number): Promise<void> {
  await drizzle(db)
    .update(imports)
    .set({ undone_at: now })
    .where(and(eq(imports.import_id, import_id), isNull(imports.undone_at)));
}

/**
 * How the last file of the kind with these columns was read, as the JSON of a MAP, if one was
 * imported to its end and not undone.
 */
export async function rememberedMapping(
  db: D1Database,
  kind: Import['kind'],
  columns_hash: string,
): Promise<{ import_id: number; file_name: string; mapping: string } | null> {
  const last = await drizzle(db)
    .select({
      import_id: imports.import_id,
      file_name: imports.file_name,
      mapping: imports.mapping,
    })
    .from(imports)
    .where(
      and(
        eq(imports.kind, kind),
        eq(imports.columns_hash, columns_hash),
        isNotNull(imports.finished_at),
        isNull(imports.undone_at),
      ),
    )
    .orderBy(desc(imports.import_id))
    .get();
  return last ?? null;
}
