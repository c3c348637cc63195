/**
 * `import`: a CSV file through the import door; what cannot be read is written beside it with its
 * reasons.
 */
import { importKinds, type RowKind } from '../../core/facts/fields.ts';
import { Fault } from '../../core/faults.ts';
import type { Call } from '../command.ts';
import { UsageError } from '../exit.ts';
import { withHouse } from '../house/open.ts';
import { land } from '../import/land.ts';
import { openFile, rowContextOf } from '../import/read.ts';
import { type Report, reportOf, reportText } from '../import/report.ts';
import { readRows } from '../import/rows.ts';
import { Scratch } from '../import/scratch.ts';
import { withProgress } from '../progress.ts';
import { refuseForeign, writeOwn } from '../written-files.ts';

const rejectsFileOf = (file: string): string => `${file}.rejected.jsonl`;

/** Writes the rejected rows beside the file, and gives the path; null if there are none. */
function keepRejects(file: string, { rejects }: Scratch): string | null {
  if (rejects.count === 0) return null;
  const lines = {
    *[Symbol.iterator]() {
      for (const reject of rejects) yield `${JSON.stringify(reject)}\n`;
    },
  };
  writeOwn(rejectsFileOf(file), lines);
  return rejectsFileOf(file);
}

async function run(call: Call, kind: RowKind, file: string): Promise<Report> {
  using scratch = new Scratch();
  const csv = openFile(call, kind, file);
  const isDry = call.flag('dry-run');
  const mayCreate = call.flag('create-people');
  return await withHouse(call.say, async (house) => {
    await withProgress('reading', csv.rows, (onRows) =>
      readRows(house, csv, { mayCreate, scratch, onRows }),
    );
    // Asked before anything lands, so that the reasons of rejected rows are never without a place.
    if (!isDry && scratch.rejects.count > 0) refuseForeign([rejectsFileOf(file)]);
    const options = { scratch, context: rowContextOf(call), mayCreate, isDry };
    const verb = isDry ? 'trying' : 'landing';
    const landed = await withProgress(verb, scratch.facts.count, (onRows) =>
      land(house, csv, { ...options, onRows }),
    );
    const rejectsFile = isDry ? null : keepRejects(file, scratch);
    const report = reportOf(csv, landed, scratch, { isDry, rejectsFile });
    const rows = call.json
      ? { rejects: [...scratch.rejects], warnings: [...scratch.warnings] }
      : {};
    call.print({ ...report, ...rows }, reportText(report, scratch));
    return report;
  });
}

export async function importFile(call: Call): Promise<void> {
  const [kind, file, ...rest] = call.positionals;
  if (!importKinds.includes(kind as never) || !file || rest.length)
    throw new UsageError(`import takes one of ${importKinds.join(', ')} and a file`);
  const { rows, rejected } = await run(call, kind as RowKind, file);
  if (rows > 0 && rejected === rows) {
    const nothing = call.flag('dry-run') ? '' : '; nothing was written';
    throw new Fault('bad_input', `every row was rejected${nothing}`);
  }
}
