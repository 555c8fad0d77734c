import { deepEqual, equal, rejects } from 'node:assert/strict';
import { WriteGroup } from '../../src/storage/write-group.js';
import { engineOf } from '../../src/storage/database.js';
import { onBothDatabases } from '../support/both-databases.js';

describe('writes that share their commit', () => {
  onBothDatabases((open) => {
    const addHoliday = (writes: WriteGroup, date: string): Promise<string> =>
      writes.run(async (trx) => {
        await trx('holidays').insert({ date, name: '試験' });
        return date;
      });

    it('gives each work its own answer, and another connection sees what was answered', async () => {
      const writes = new WriteGroup(await open());
      const dates = Array.from({ length: 60 }, (_none, n) => `2026-01-${String(n).padStart(2, '0')}`);
      const seen = await Promise.all(
        dates.map(async (date) => {
          const answer = await addHoliday(writes, date);
          return [answer, (await open.another()('holidays').where({ date })).length];
        }),
      );
      deepEqual(
        seen,
        dates.map((date) => [date, 1]),
      );
    });

    it('lets one work fail alone, with nothing of it left', async () => {
      const database = await open();
      const writes = new WriteGroup(database);
      const failing = writes.run(async (trx) => {
        await trx('holidays').insert({ date: '2026-02-02', name: '失敗' });
        throw new Error('refused');
      });
      const all = [
        addHoliday(writes, '2026-02-01'),
        rejects(failing, /refused/),
        addHoliday(writes, '2026-02-03'),
      ];
      await Promise.all(all);
      const rows = await database('holidays').orderBy('date').select<{ date: string }[]>('date');
      deepEqual(
        rows.map(({ date }) => date),
        ['2026-02-01', '2026-02-03'],
      );
    });

    it('goes on after a failure of the only work', async () => {
      const database = await open();
      const writes = new WriteGroup(database);
      await rejects(
        writes.run(() => Promise.reject(new Error('alone'))),
        /alone/,
      );
      equal(await addHoliday(writes, '2026-03-01'), '2026-03-01');
    });

    it('does again what the database undid because two held what the other wanted', async () => {
      const database = await open();
      const other = open.another();
      await database('holidays').insert([
        { date: '2026-05-01', name: '' },
        { date: '2026-05-02', name: '' },
      ]);
      const bothHoldOne = barrier(2);
      const addName = async (writes: WriteGroup, name: string, dates: readonly string[]): Promise<void> => {
        let tries = 0;
        await writes.run(async (trx) => {
          const first = tries++ === 0;
          for (const date of dates) {
            await trx('holidays')
              .where({ date })
              .update({ name: trx.raw('concat(name, ?)', [name]) });
            if (first && engineOf(database) === 'mariadb') await bothHoldOne();
          }
        });
      };
      await Promise.all([
        addName(new WriteGroup(database), 'a', ['2026-05-01', '2026-05-02']),
        addName(new WriteGroup(other), 'b', ['2026-05-02', '2026-05-01']),
      ]);
      const names = await database('holidays').orderBy('date').pluck<string[]>('name');
      deepEqual(
        names.map((name) => [name.includes('a'), name.includes('b'), name.length]),
        [
          [true, true, 2],
          [true, true, 2],
        ],
      );
    });

    it('tells a unique value that is taken to the one who came second', async () => {
      const writes = new WriteGroup(await open());
      const both = await Promise.allSettled([
        addHoliday(writes, '2026-04-01'),
        addHoliday(writes, '2026-04-01'),
      ]);
      const ends = both.map(({ status }) => status);
      // A server has a connection for each: who asked it first need not come first.
      deepEqual(open.engine === 'mariadb' ? ends.sort() : ends, ['fulfilled', 'rejected']);
    });
  });
});

/** Lets everybody wait until so many have come; whoever comes later goes on at once. */
function barrier(size: number): () => Promise<void> {
  let open!: () => void;
  const opened = new Promise<void>((resolve) => (open = resolve));
  let come = 0;
  return () => {
    if (++come >= size) open();
    return opened;
  };
}
