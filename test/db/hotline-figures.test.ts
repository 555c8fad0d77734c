import assert from 'node:assert/strict';
import { CallListStore } from '../../src/hotline/call-list-store.js';
import { HotlineCallStore } from '../../src/hotline/hotline-call-store.js';
import { KpiStore } from '../../src/hotline/kpi-store.js';
import { kpisOf } from '../../src/hotline/kpis.js';
import type { Database } from '../../src/storage/database.js';
import { waitingStories } from '../hotline/waiting-stories.js';
import { onBothDatabases } from '../support/both-databases.js';
import { markingCodec as codec, openForAll, seedCounsellor, seedLine } from '../support/hotline-builders.js';
import { jst, ownLine, queueLine, readLines } from '../support/queue-log-text.js';

const now = jst('10:30:00');
const pbxId = 'pbx1';

/** A line with one answered call, one message and a counsellor who is there; and another line of another operator. */
async function seedMorning(database: Database): Promise<{ lineId: number; otherLineId: number }> {
  const { lineId, organizationId } = await seedLine(database, 1);
  const other = await seedLine(database, 2);
  await seedCounsellor(database, organizationId, '201', { lineIds: [lineId] });
  const overflow = waitingStories['waits too long and leaves a message']?.lines ?? [];
  const lines = readLines([
    queueLine('09:00:00', 'MANAGER', 'line-1', '201', 'ADDMEMBER', ''),
    queueLine('09:00:00', 'MANAGER', 'line-2', '301', 'ADDMEMBER', ''),
    ...overflow,
    ownLine('10:05:00', '7.7', 'line-1', 'NONE', 'ARRIVED', '0473661111', ''),
    ownLine('10:05:10', '7.7', 'line-1', 'NONE', 'JOINING'),
    ownLine('10:05:20', '7.7', 'line-1', '201', 'ANSWERED'),
    ownLine('10:08:20', '7.7', 'line-1', 'NONE', 'LEFT', 'talk'),
    ownLine('10:06:00', '8.8', 'line-2', 'NONE', 'ARRIVED', '', ''),
  ]);
  const store = new HotlineCallStore({ database, codec, hoursOf: openForAll });
  await store.apply({ pbxId, lines, from: undefined, to: { fileId: 'a', position: 1 } }, now);
  return { lineId, otherLineId: other.lineId };
}

describe('the figures of the stored calls', () => {
  onBothDatabases((open) => {
    it('are made of the calls, messages and counsellors of one line', async () => {
      const database = await open();
      const { lineId } = await seedMorning(database);
      const store = new KpiStore({ database, wrapUpSeconds: 60 });
      const line = await store.line(lineId);
      assert.ok(line);
      assert.deepEqual(
        [line.timeZone, line.serviceLevelSeconds, line.shortAbandonSeconds],
        ['Asia/Tokyo', 20, 5],
      );
      const kpis = kpisOf(await store.facts(line, jst('10:00:00'), now));
      const { offered, answered, overflow, messages, averageTalk, occupancy } = kpis;
      assert.deepEqual(
        [offered, answered, overflow, messages, averageTalk, occupancy].map(({ value }) => value),
        [2, 1, 1, 1, 180, 240 / 1800],
      );
      assert.equal(await store.line(4711), undefined);
    });

    it('tell how long the latest talks took', async () => {
      const database = await open();
      const { lineId, otherLineId } = await seedMorning(database);
      const store = new KpiStore({ database, wrapUpSeconds: 0 });
      assert.deepEqual(await store.recentTalkSeconds(lineId, now), [180]);
      assert.deepEqual(await store.recentTalkSeconds(otherLineId, now), []);
    });

    it('stand beside the list of calls, of one line or of all', async () => {
      const database = await open();
      const { lineId } = await seedMorning(database);
      await database('hotline_calls').where({ call_id: '8.8' }).update({ line_id: null });
      const store = new CallListStore({ database, codec });
      const span = { from: jst('10:00:00'), until: jst('10:30:00'), limit: 10 };
      const all = await store.arrivedBetween(span);
      assert.deepEqual(
        all.map(({ lineId: id, number, result, slot }) => [id, number, result, slot]),
        [
          [lineId, '0473661111', 'overflow', 1],
          [lineId, '0473661111', 'answered', 1],
          [undefined, '', undefined, undefined],
        ],
      );
      assert.equal((await store.arrivedBetween({ ...span, lineId })).length, 2);
      const { organizationId } = await seedLine(database, 9);
      assert.deepEqual(await store.arrivedBetween({ ...span, organizationId }), []);
      assert.deepEqual(await store.arrivedBetween({ ...span, organizationId, lineId }), []);
      assert.equal((await store.arrivedBetween({ ...span, limit: 1 }))[0]?.result, 'overflow');
      assert.equal((await store.arrivedBetween({ ...span, until: jst('10:05:00') })).length, 1);
    });

    if (open.engine === 'sqlite') {
      it('are found by indexes, so that years of calls do not slow them down', async () => {
        const database = await open();
        const { lineId } = await seedMorning(database);
        const statements: { sql: string; bindings: string[] }[] = [];
        const note = (query: { sql: string; bindings: string[] }): number => statements.push(query);
        database.on('query', note);
        const store = new KpiStore({ database, wrapUpSeconds: 0 });
        const line = await store.line(lineId);
        assert.ok(line);
        await store.facts(line, jst('10:00:00'), now);
        await store.recentTalkSeconds(lineId, now);
        await new CallListStore({ database, codec }).arrivedBetween({
          from: now,
          until: now,
          limit: 1,
          lineId,
        });
        const lines = readLines([
          queueLine('10:20:00', 'NONE', 'NONE', 'NONE', 'QUEUESTART'),
          queueLine('10:21:00', 'MANAGER', 'line-1', '201', 'PAUSE', 'x'),
          ownLine('10:22:00', '9.9', 'line-1', '201', 'BACKENDED', '1', 'BUSY', '0'),
        ]);
        const from = { fileId: 'a', position: 1 };
        const calls = new HotlineCallStore({ database, codec, hoursOf: openForAll });
        assert.ok(await calls.apply({ pbxId, lines, from, to: { fileId: 'a', position: 2 } }, now));
        database.off('query', note);
        const reads = statements.filter(({ sql }) => sql.startsWith('select'));
        assert.ok(reads.length >= 8);
        for (const { sql, bindings } of reads) {
          if (/from `(hotline_lines|counsellors)`/.test(sql)) continue;
          const plan: { detail: string }[] = await database.raw(`explain query plan ${sql}`, bindings);
          // A tenant has a handful of lines and counsellors.
          const scans = plan.filter(({ detail }) => /^SCAN (?!o\b|l\b)/.test(detail));
          assert.deepEqual(scans, [], sql);
        }
      });
    }
  });
});
