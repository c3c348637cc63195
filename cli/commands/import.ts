/**
 * `import`: a CSV file through the import door, what cannot be read written beside it with its
 * reasons; and an import undone.
 */
import { type RowKind, rowKinds } from '../../core/facts/fields.ts';
import { Fault } from '../../core/faults.ts';
import type { Call } from '../command.ts';
import { UsageError } from '../exit.ts';
import { type HouseClient, withHouse } from '../house/open.ts';
import { land } from '../import/land.ts';
import { beginImport, finishImport } from '../import/ledger.ts';
import { openFile, rowContextOf } from '../import/read.ts';
import { keepRejects, rejectsFileOf } from '../import/rejects.ts';
import { type Report, reportOf, reportText } from '../import/report.ts';
import { readRows } from '../import/rows.ts';
import { Scratch } from '../import/scratch.ts';
import { undo } from '../import/undo.ts';
import { withProgress } from '../progress.ts';
import { refuseForeign } from '../written-files.ts';

async function run(house: HouseClient, call: Call, kind: RowKind, file: string): Promise<Report> {
  using scratch = new Scratch();
  const csv = await openFile(house, call, kind, file);
  const isDry = call.flag('dry-run');
  const mayCreate = call.flag('create-people');
  await withProgress('reading', csv.rows, (onRows) =>
    readRows(house, csv, { mayCreate, scratch, onRows }),
  );
  // Asked before anything lands, so that the reasons of rejected rows are never without a place.
  if (!isDry && scratch.rejects.count > 0) refuseForeign([rejectsFileOf(file)]);
  const import_id = isDry ? null : await beginImport(house, kind, file, csv);
  const purpose = import_id === null ? 'dry' : { import_id };
  const options = { scratch, context: rowContextOf(call), mayCreate, purpose } as const;
  const verb = isDry ? 'trying' : 'landing';
  const landed = await withProgress(verb, scratch.facts.count, (onRows) =>
    land(house, csv, { ...options, onRows }),
  );
  const rejects_file = isDry ? null : keepRejects(file, csv, scratch);
  const report = reportOf(csv, landed, scratch, { import_id, rejects_file });
  if (import_id !== null) await finishImport(house, import_id, report);
  const rows = call.json ? { rejects: [...scratch.rejects], warnings: [...scratch.warnings] } : {};
  call.print({ ...report, ...rows }, reportText(report, scratch));
  return report;
}

export async function importFile(call: Call): Promise<void> {
  const [kind, file, ...rest] = call.positionals;
  if (kind === 'undo') return undo(call, [file ?? '', ...rest]);
  if (!rowKinds.includes(kind as never) || !file || rest.length)
    throw new UsageError(
      `import takes one of ${rowKinds.join(', ')} and a file, or undo and an id`,
    );
  const { rows, rejected } = await withHouse(call.say, (house) =>
    run(house, call, kind as RowKind, file),
  );
  if (rows > 0 && rejected === rows) {
    const nothing = call.flag('dry-run') ? '' : '; nothing was written';
    throw new Fault('bad_input', `every row was rejected${nothing}`);
  }
}
