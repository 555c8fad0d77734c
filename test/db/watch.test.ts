import assert from 'node:assert/strict';
import { Registry } from 'prom-client';
import { EndedCallStore } from '../../src/checkins/ended-call-store.js';
import { openDatabaseCheck } from '../../src/doctor/database-check.js';
import { examine } from '../../src/doctor/check.js';
import { migrate, unlockSchema, type Database } from '../../src/storage/database.js';
import { promiseMetrics } from '../../src/watch/promise-metrics.js';
import { PromiseStore } from '../../src/watch/promise-store.js';
import { onBothDatabases } from '../support/both-databases.js';
import { seedAttempt, seedCheckin, seedStation, seedSubscriber } from '../support/builders.js';
import { testCodec } from '../support/test-codec.js';

const codec = testCodec();
const day = '2026-11-24';
const now = new Date('2026-11-24T03:00:00Z');
const at = (time: string): number => Date.parse(`${day}T${time}:00+09:00`);
const minute = 60_000;

describe('the watch over the database', () => {
  onBothDatabases((open) => {
    let database: Database;
    beforeEach(async () => {
      database = await open();
    });

    async function found(): Promise<Record<string, string>> {
      const findings = await examine([openDatabaseCheck(database, 'pbx1', () => now)], 5000);
      return Object.fromEntries(findings.map(({ code = '', state, said }) => [code, `${state}: ${said}`]));
    }

    it('finds one that is well, and writes one row however often it looks', async () => {
      for (let look = 0; look < 2; look++) {
        const states = await found();
        assert.deepEqual(Object.keys(states), ['database', 'schema', 'database.write']);
        assert.ok(Object.values(states).every((state) => state.startsWith('good')));
      }
      assert.deepEqual(await database('watch_beats').select(), [{ who: 'pbx1', beaten_at: now.getTime() }]);
    });

    it('finds one that may not be written', async () => {
      await found();
      // Asked one after the other, the questions share the one connection that there is.
      const [readOnly, writable] =
        open.engine === 'sqlite'
          ? ['pragma query_only = on', 'pragma query_only = off']
          : ['set session transaction read only', 'set session transaction read write'];
      await database.raw(readOnly);
      const states = await found();
      assert.match(states['database.write'] ?? '', /bad: 読み取り専用/);
      assert.match(states.database ?? '', /good/);
      await database.raw(writable);
      assert.match((await found())['database.write'] ?? '', /good/);
    });

    it('finds an update that broke off, and one of a newer program', async () => {
      await database('knex_migrations_lock').update({ is_locked: 1 });
      assert.match((await found()).schema ?? '', /bad: 更新か復元の途中で止まっています/);
      await unlockSchema(database);
      assert.match((await found()).schema ?? '', /good/);
      await migrate(database);
      await database('knex_migrations').insert({
        name: '20991231_0001_of_the_future',
        batch: 99,
        migration_time: new Date(now),
      });
      assert.match((await found()).schema ?? '', /bad: このプログラムより新しい形.*of_the_future/);
      await database('knex_migrations').where({ batch: 99 }).delete();
    });

    it('counts every promise of the day in figures', async () => {
      const station = await seedStation(database, codec);
      const other = await seedStation(database, codec);
      const someone = (of = station) => seedSubscriber(database, codec, of);
      const settled = { state: 'answered', settled_at: at('09:05') } as const;

      const prompt = await someone();
      const answered = await seedCheckin(database, prompt, day, settled);
      await seedAttempt(database, { checkinId: answered, ...prompt }, at('09:00') + 10_000, {
        answered_at: at('09:00') + 20_000,
        outcome: 'ok',
        cause: 16,
      });
      const late = await someone();
      const missed = await seedCheckin(database, late, day, { state: 'due', attempts: 2 });
      await seedAttempt(database, { checkinId: missed, ...late }, at('09:00') + 50_000, {
        answered_at: at('09:01'),
        outcome: 'answeredNoKey',
        cause: 16,
      });
      await seedAttempt(database, { checkinId: missed, ...late }, at('09:30'), {
        outcome: 'trunkError',
        cause: 38,
        sip_status: 503,
      });
      const silent = await someone();
      const alerted = await seedCheckin(database, silent, day, { ...settled, state: 'alerted' });
      await database('alerts').insert({
        organization_id: station.organizationId,
        check_in_id: alerted,
        reason: 'weCouldNotCall',
        opened_at: at('12:00') + 3 * minute,
      });
      await seedCheckin(database, await someone(), day, { due_at: at('15:00'), next_call_at: at('15:00') });
      await seedCheckin(database, await someone(other), day, {
        due_at: at('08:00'),
        give_up_at: at('11:50'),
      });
      await database('alerts').insert({
        reason: 'nothingCalled',
        open_key: 'operator:nothingCalled:all',
        opened_at: at('11:00'),
      });

      const store = new PromiseStore(database);
      const registry = new Registry();
      const ids = [station.organizationId, other.organizationId];
      promiseMetrics({
        days: () => store.day(ids, day, now),
        overdue: () => store.overdue(now),
        alerts: () => store.alerts(new Date(now.getTime() - 86_400_000)),
        calls: () => new EndedCallStore(database).ofToday(now, 'Asia/Tokyo'),
        operatorAlerts: () => store.operatorAlerts(),
      })(registry);
      const [own, theirs] = ids.map((id) => `organization="${id}"`);
      assert.deepEqual(figuresOf(await registry.metrics()), {
        [`checkins_due_today{${own}}`]: 3,
        [`checkins_due_today{${theirs}}`]: 1,
        [`checkins_settled_today{${own}}`]: 2,
        [`checkins_settled_today{${theirs}}`]: 0,
        [`checkins_unknown_today{${own}}`]: 1,
        [`checkins_unknown_today{${theirs}}`]: 1,
        [`checkins_overdue{${theirs}}`]: 1,
        [`first_dial_lag_seconds{${own},stat="average"}`]: 30,
        [`first_dial_lag_seconds{${own},stat="longest"}`]: 50,
        [`alerts_opened_last_day{${own}}`]: 1,
        [`alert_lag_seconds{${own}}`]: 180,
        [`alert_lag_seconds{${theirs}}`]: 600,
        'calls_today{trunk="pbx1",outcome="ok"}': 1,
        'calls_today{trunk="pbx1",outcome="answeredNoKey"}': 1,
        'calls_today{trunk="pbx1",outcome="trunkError"}': 1,
        'calls_answered_today{trunk="pbx1"}': 2,
        'calls_answered_without_key_today{trunk="pbx1"}': 1,
        'call_causes_today{trunk="pbx1",sip_status="",cause="16"}': 2,
        'call_causes_today{trunk="pbx1",sip_status="503",cause="38"}': 1,
        'operator_alerts{reason="nothingCalled"}': 1,
      });
    });
  });
});

function figuresOf(text: string): Record<string, number> {
  const lines = text.split('\n').filter((line) => line.startsWith('genkidesu_'));
  return Object.fromEntries(
    lines.map((line) => {
      const [name = '', value = ''] = line.slice('genkidesu_'.length).split(/ (?=[^ ]+$)/);
      return [name, Number(value)];
    }),
  );
}
