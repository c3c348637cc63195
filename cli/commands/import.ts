/**
 * `import`: a CSV file through the import door; what cannot be read is written beside it with its
 * reasons.
 */
import type { Reject } from '../../core/csv/import.ts';
import { importKinds, type RowKind } from '../../core/facts/fields.ts';
import { Fault } from '../../core/faults.ts';
import type { Call } from '../command.ts';
import { UsageError } from '../exit.ts';
import { withHouse } from '../house/open.ts';
import { findPeople, unknownPeople } from '../import/people.ts';
import { rejectProductless } from '../import/productless.ts';
import { readFile, rowContextOf } from '../import/read.ts';
import { reportOf, reportText } from '../import/report.ts';
import { send } from '../import/send.ts';
import { refuseForeign, writeOwn } from '../written-files.ts';

const rejectsFile = (file: string): string => `${file}.rejected.jsonl`;

function keepRejects(file: string, rejects: Reject[]): string | null {
  if (rejects.length === 0) return null;
  const path = rejectsFile(file);
  writeOwn(path, rejects.map((reject) => `${JSON.stringify(reject)}\n`).join(''));
  return path;
}

export async function importFile(call: Call): Promise<void> {
  const [kind, file, ...rest] = call.positionals;
  if (!importKinds.includes(kind as never) || !file || rest.length)
    throw new UsageError(`import takes one of ${importKinds.join(', ')} and a file`);
  const csv = readFile(call, kind as RowKind, file);
  const isDry = call.flag('dry-run');
  const mayCreate = call.flag('create-people');
  const report = await withHouse(call.say, async (house) => {
    const found = await rejectProductless(house, await findPeople(house, csv, mayCreate));
    const { facts, rejects, warnings, named } = found;
    // Asked before anything lands, so that the reasons of rejected rows are never without a place.
    if (!isDry && rejects.length > 0) refuseForeign([rejectsFile(file)]);
    const people = mayCreate ? await unknownPeople(house, facts, named, rowContextOf(call)) : [];
    if (people.length > 0) await send(house, people, isDry, () => {});
    const landed = await send(house, facts, isDry, call.say);
    const rejects_file = isDry ? null : keepRejects(file, rejects);
    const done = reportOf(found, landed, people, isDry, rejects_file);
    call.print({ ...done, rejects, warnings }, reportText(done, rejects, warnings));
    return done;
  });
  if (report.rows > 0 && report.rejected === report.rows)
    throw new Fault('bad_input', `every row was rejected${isDry ? '' : '; nothing was written'}`);
}
