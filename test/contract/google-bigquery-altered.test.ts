/**
 * Tables and views that a person altered: put right and named, or refused with what to do; never a
 * duplicate, never a gap.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Table } from '../../platform/destination.ts';
import { type BigQueryPlace, bigQueryPlace } from './bigquery-place.ts';
import {
  type GoogleSandbox,
  PROJECT,
  sandboxIsHere,
  startGoogleSandbox,
  WHY_SKIPPED,
} from './google-sandbox.ts';
import { everyType, rowsOfEveryType, run, table, tiny } from './tables.ts';

const MONDAY = Date.UTC(2026, 5, 1);

describe.skipIf(!sandboxIsHere)(
  `bigquery after a person${sandboxIsHere ? '' : ` (${WHY_SKIPPED})`}`,
  () => {
    let google: GoogleSandbox;
    let place: BigQueryPlace;
    let n = 0;
    const monday = (): Table[] => [
      table(everyType, rowsOfEveryType, 'mon'),
      table(tiny, [['one'], ['two']], 'mon'),
    ];
    const tuesday = (): Table[] => [
      table(everyType, rowsOfEveryType, 'tue'),
      table(tiny, [['three']], 'tue'),
    ];
    const publish = (tables: Table[], id = 'mon') =>
      place.publish(run(MONDAY, { run_id: id }), tables);
    const notesAbout = async (tables: Table[], id?: string) =>
      (await publish(tables, id)).flatMap(({ notes = [] }) => notes);
    const words = async () => (await place.seen('tiny')).map(({ word }) => word).sort();
    const offers = async () => (await place.seen('every_type')).length;
    const columns = async (name: string) =>
      (await place.tables())
        .get(name)!
        .schema!.fields.map((field) => `${field.name} ${field.type}`);
    /**
     * A load table as a person would leave it: its fields changed, its rows kept as far as they
     * fit.
     */
    const alter = async (
      name: string,
      change: (field: { name: string; type: string }) => object[],
    ) => {
      const { schema, rows } = (await place.tables()).get(name)!;
      const fields = schema!.fields.flatMap(change) as { name: string; type: string }[];
      const names = new Set(fields.map((field) => field.name));
      const micros = (value: unknown) => new Date(Number(value) / 1000).toISOString();
      await place.person.replace(
        name,
        fields,
        rows.map((row) =>
          Object.fromEntries(
            Object.entries(row)
              .filter(([column, value]) => names.has(column) && value !== null)
              .map(([column, value]) => [column, /_of$|_at$/.test(column) ? micros(value) : value]),
          ),
        ),
      );
    };

    beforeAll(async () => {
      google = await startGoogleSandbox();
    });
    beforeEach(async () => {
      n += 1;
      place = await bigQueryPlace(google, `altered${n}`);
      await publish(monday());
    });
    afterAll(() => google?.close());

    it('restores a column removed from the readers’ table, and loads its rows again', async () => {
      const before = await columns('every_type__a');
      await alter('every_type__a', (field) => (field.name === 'leads' ? [] : [field]));
      expect(await notesAbout(monday())).toEqual([
        'every_type__a had lost `leads`, removed or renamed by a person; they were restored',
        'the rows of every_type__a were not those that were published; they were loaded again',
      ]);
      expect((await columns('every_type__a')).sort()).toEqual(before.sort());
      expect((await place.seen('every_type')).map(({ leads }) => leads)).toContain('3');
      expect(await notesAbout(monday())).toEqual([]);
    });

    it('restores a column renamed in the other table, and leaves the renamed one', async () => {
      await alter('every_type__b', (field) =>
        field.name === 'leads' ? [{ ...field, name: 'people' }] : [field],
      );
      expect(await notesAbout(tuesday(), 'tue')).toEqual([
        'every_type__b had lost `leads`, removed or renamed by a person; they were restored',
        'every_type__b has `people`, added by a person: every load leaves that empty, so keep ' +
          'your own columns in a view',
      ]);
      expect((await place.seen('every_type')).map(({ leads }) => leads)).toContain('3');
    });

    it.each(['a', 'b'])('puts a column right that has another type on side %s', async (side) => {
      const before = await columns(`every_type__${side}`);
      await alter(`every_type__${side}`, (field) => [
        field.name === 'leads' ? { ...field, type: 'NUMERIC' } : field,
      ]);
      const notes = await notesAbout(monday());
      expect(notes[0]).toBe(`every_type__${side} had another type for \`leads\`; it was corrected`);
      expect(await columns(`every_type__${side}`)).toEqual(before);
      expect(await offers()).toBe(rowsOfEveryType.length);
      expect(await notesAbout(monday())).toEqual([]);
    });

    it('leaves a column that a person added, and says that it stays empty', async () => {
      await alter('tiny__a', (field) =>
        field.name === 'word' ? [{ name: 'mine', type: 'STRING' }, field] : [field],
      );
      const before = await place.mark();
      expect(await notesAbout(monday())).toEqual([
        'tiny__a has `mine`, added by a person: every load leaves that empty, so keep your own ' +
          'columns in a view',
      ]);
      expect((await place.writes(before)).filter(({ method }) => method === 'POST')).toEqual([]);
      expect(await words()).toEqual(['one', 'two']);
    });

    it('loads rows again that a person deleted or doubled', async () => {
      const { schema, rows } = (await place.tables()).get('tiny__a')!;
      const plain = rows.map((row) => ({ ...row, as_of: new Date(MONDAY).toISOString() }));
      for (const wrong of [plain.slice(1), [...plain, ...plain]]) {
        await place.person.replace('tiny__a', schema!.fields, wrong);
        expect(await notesAbout(monday())).toEqual([
          'the rows of tiny__a were not those that were published; they were loaded again',
        ]);
        expect(await words()).toEqual(['one', 'two']);
      }
    });

    it.each(['tiny__a', 'tiny__b', 'tiny'])(
      'makes %s again where a person deleted it',
      async (name) => {
        await place.person.remove(name);
        expect(await notesAbout(monday())).toContain(`${name} had been deleted and was recreated`);
        expect(await words()).toEqual(['one', 'two']);
        await publish(tuesday(), 'tue');
        expect(await words()).toEqual(['three']);
      },
    );

    it('makes current_run again where a person deleted it, and shows the run whole', async () => {
      await place.person.remove('current_run');
      expect(await notesAbout(tuesday(), 'tue')).toEqual([
        'current_run had been deleted and was recreated',
      ]);
      expect(await words()).toEqual(['three']);
      expect(await offers()).toBe(rowsOfEveryType.length);
    });

    it('puts a view right whose query a person changed', async () => {
      const { view } = (await place.tables()).get('tiny')!;
      await place.person.patch('tiny', {
        view: { query: `${view!.query}\nlimit 1`, useLegacySql: false },
      });
      expect(await notesAbout(monday())).toEqual([
        'the view tiny had been changed and was restored',
      ]);
      expect(await words()).toEqual(['one', 'two']);
    });

    it('refuses a table of somebody’s where its view stood, and says what to do', async () => {
      const { labels } = (await place.tables()).get('tiny')!;
      await place.person.remove('tiny');
      const schema = { fields: [{ name: 'word', type: 'STRING' }] };
      await place.person.make('tiny', { schema });
      await expect(publish(monday())).rejects.toMatchObject({
        code: 'destination_refused',
        message: expect.stringMatching(
          /tiny is not this house's .+ rename it, or set BIGQUERY_DATASET/,
        ),
      });
      await place.person.patch('tiny', { labels });
      await expect(publish(monday())).rejects.toMatchObject({
        code: 'destination_refused',
        message:
          `someone replaced ${PROJECT}.${place.dataset}.tiny by a table: rename or ` +
          'delete it, and export again',
      });
      await place.person.remove('tiny');
      await publish(monday());
      expect(await words()).toEqual(['one', 'two']);
    });

    it('writes nothing where a name is taken, not even beside it', async () => {
      const other = await bigQueryPlace(google, `taken${n}`);
      await other.person.make('tiny__b', {
        schema: { fields: [{ name: 'mine', type: 'STRING' }] },
      });
      const before = await other.mark();
      await expect(other.publish(run(MONDAY), monday())).rejects.toMatchObject({
        code: 'destination_refused',
      });
      expect(await other.writes(before)).toEqual([]);
    });
  },
);
