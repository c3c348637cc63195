/** What the house keeps of an import: its file, how it was read, and what its rows came to. */
import { createHash } from 'node:crypto';
import { userInfo } from 'node:os';
import { basename } from 'node:path';
import type { RowKind } from '../../core/facts/fields.ts';
import type { HouseClient } from '../house/open.ts';
import { piecesOf } from '../pieces.ts';
import type { OpenedFile } from './read.ts';
import type { Report } from './report.ts';

const headers = { 'content-type': 'application/json' };

function sha256(file: string): string {
  const hash = createHash('sha256');
  for (const piece of piecesOf(file)) hash.update(piece);
  return hash.digest('hex');
}

/** Answers the id of the import: of one of this file that was stopped, or of a new one. */
export async function beginImport(
  house: Pick<HouseClient, 'call'>,
  kind: RowKind,
  file: string,
  { columns_hash, mapping }: OpenedFile,
): Promise<number> {
  const body = JSON.stringify({
    kind,
    file_name: basename(file),
    file_hash: sha256(file),
    imported_by: userInfo().username,
    columns_hash,
    mapping,
  });
  const answer = await house.call('/import/imports', { method: 'POST', headers, body });
  return ((await answer.json()) as { import_id: number }).import_id;
}

export async function finishImport(
  house: Pick<HouseClient, 'call'>,
  import_id: number,
  report: Report,
): Promise<void> {
  const body = JSON.stringify({
    row_count: report.rows,
    new_count: report.new,
    updated_count: report.updated,
    skipped_count: report.skipped,
    waiting_count: report.waiting,
    rejected_count: report.rejected,
  });
  await house.call(`/import/imports/${import_id}`, { method: 'PUT', headers, body });
}
