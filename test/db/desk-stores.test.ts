import assert from 'node:assert/strict';
import { AlertListStore } from '../../src/alerts/alert-list-store.js';
import { AlertMailStore } from '../../src/alerts/alert-mail-store.js';
import { AlertWorkStore } from '../../src/alerts/alert-work-store.js';
import { StationContactStore } from '../../src/alerts/station-contact-store.js';
import { writeAlert } from '../../src/alerts/alert-store.js';
import { LedgerStore } from '../../src/checkins/ledger-store.js';
import { StationCallStore } from '../../src/desk/station-call-store.js';
import { TodayStore } from '../../src/desk/today-store.js';
import { MailStore } from '../../src/mails/mail-store.js';
import type { Database } from '../../src/storage/database.js';
import { onBothDatabases } from '../support/both-databases.js';
import { seedCheckin, seedStation, seedSubscriber, type CheckinColumns } from '../support/builders.js';
import { testCodec } from '../support/test-codec.js';

const codec = testCodec();
const day = '2026-11-24';
const at = (clock: string): Date => new Date(`${day}T${clock}:00+09:00`);

describe('the work of a station', () => {
  onBothDatabases((open) => {
    let database: Database;
    let work: AlertWorkStore;
    let station: { organizationId: number; stationId: number };
    beforeEach(async () => {
      database = await open();
      work = new AlertWorkStore({ database, codec });
      station = await seedStation(database, codec);
    });

    const user = async (name: string, role = 'station'): Promise<number> => {
      const mail = `${name}@example.jp`;
      const [id = 0]: number[] = await database('users').insert({
        ...{ organization_id: station.organizationId, role, name: codec.encode(name), state: 'active' },
        ...{ mail: codec.encode(mail), mail_lookup: codec.lookup('mail', mail), created_at: 1 },
      });
      await database('user_stations').insert({ user_id: id, station_id: station.stationId });
      return id;
    };
    const person = (name = '見守 花子') => seedSubscriber(database, codec, station, { name });
    const alertAbout = async (
      columns: Partial<CheckinColumns> = {},
      dueOn = day,
    ): Promise<{ alertId: number; checkinId: number; subscriberId: number }> => {
      const somebody = await person();
      const checkinId = await seedCheckin(database, somebody, dueOn, {
        ...{
          state: 'alerted',
          result: 'noAnswer',
          missed: 2,
          attempts: 2,
          settled_at: at('10:00').getTime(),
        },
        ...columns,
      });
      await writeAlert(database, { ...somebody, checkinId, reason: 'noResponse', at: at('10:00') });
      const row = await database('alerts').where({ check_in_id: checkinId }).first<{ id: number }>('id');
      return { alertId: row.id, checkinId, subscriberId: somebody.subscriberId };
    };
    const stateOf = async (id: number): Promise<string> =>
      (await database('check_ins').where({ id }).first<{ state: string }>('state')).state;
    const today = () =>
      new TodayStore({
        ...{ database, codec, ledgers: new LedgerStore({ database, codec }) },
        calls: new StationCallStore({ database, codec }),
      });

    it('is taken by one of two who click at once; the other is told who has it', async () => {
      const { alertId } = await alertAbout();
      const [one, other] = [await user('一'), await user('二')];
      const answers = await Promise.all(
        [one, other].map((userId) => work.take(alertId, { userId, takeOver: false, at: at('10:01') })),
      );
      const refused = answers.find(({ kind }) => kind === 'refused');
      assert.equal(answers.filter(({ kind }) => kind === 'done').length, 1);
      const [alert] = await new AlertListStore({ database, codec }).list(station, 'open');
      assert.deepEqual(refused, { kind: 'refused', why: 'takenByAnother', ownerId: alert?.owner?.id });
      const loser = alert?.owner?.id === one ? other : one;
      await work.take(alertId, { userId: loser, takeOver: true, at: at('10:02') });
      const steps = await new AlertListStore({ database, codec }).events({ alertId });
      assert.deepEqual(
        steps.map(({ kind, by }) => [kind, by?.id]),
        [
          ['taken', alert?.owner?.id],
          ['taken', loser],
        ],
      );
    });

    it('confirms who was reached, once, and takes it back', async () => {
      const { alertId, checkinId } = await alertAbout();
      const by = await user('一');
      const done = { reason: 'reachedWell', words: '畑にいた', by, at: at('11:00') } as const;
      const answers = await Promise.all([work.record(checkinId, done), work.record(checkinId, done)]);
      assert.equal(
        answers.filter(({ kind, alertId: of }) => kind === 'done' && of === alertId).length >= 1,
        true,
      );
      assert.equal(await stateOf(checkinId), 'confirmed');
      const shown = await today().day(station.stationId, day, at('11:01'));
      assert.deepEqual(
        shown?.lines.map(({ state, group, handled }) => [state, group, handled?.reason, handled?.by]),
        [['confirmedByOther', 'well', 'reachedWell', '一']],
      );
      await work.reopen(alertId, { by, at: at('11:02') });
      await work.reopen(alertId, { by, at: at('11:02') });
      assert.equal(await stateOf(checkinId), 'alerted');
      const [alert] = await new AlertListStore({ database, codec }).list(station, 'open');
      assert.equal(alert?.id, alertId);
      const row = await database('check_ins').where({ id: checkinId }).first<CheckinColumns>('*');
      assert.equal(Number(row.settled_at), at('10:00').getTime());
    });

    it('leaves a false alarm unconfirmed', async () => {
      const { alertId, checkinId } = await alertAbout();
      await work.close(alertId, { reason: 'falseAlarm', words: '', by: undefined, at: at('11:00') });
      assert.equal(await stateOf(checkinId), 'alerted');
      const shown = await today().day(station.stationId, day, at('11:01'));
      assert.deepEqual(
        shown?.lines.map(({ group, handled }) => [group, handled?.reason]),
        [['handled', 'falseAlarm']],
      );
    });

    it('calls nobody whom a person has confirmed, and calls again when that is taken back', async () => {
      const checkinId = await seedCheckin(database, await person(), day);
      const step = { reason: 'visited', words: '', by: await user('一'), at: at('08:00') } as const;
      assert.deepEqual(await work.record(checkinId, step), { kind: 'done' });
      assert.equal(await stateOf(checkinId), 'confirmed');
      await work.withdraw(checkinId, step);
      assert.equal(await stateOf(checkinId), 'due');
      await database('check_ins').where({ id: checkinId }).update({ state: 'calling' });
      assert.deepEqual(await work.record(checkinId, step), { kind: 'refused', why: 'callUnderWay' });
    });

    it('shows the second day of somebody who missed the first one, and alerts however old', async () => {
      const again = await person('二日目');
      await seedCheckin(database, again, '2026-11-23', {
        ...{ state: 'due', result: 'noAnswer', missed: 1, attempts: 1, next_call_at: at('09:00').getTime() },
        give_up_at: at('12:00').getTime(),
      });
      const old = await alertAbout({}, '2026-11-02');
      await seedCheckin(database, await person('きのう済んだ'), '2026-11-23', {
        ...{ state: 'answered', result: 'ok', attempts: 1, settled_at: at('09:00').getTime() - 86_400_000 },
      });
      const shown = await today().day(station.stationId, day, at('08:00'));
      assert.deepEqual(
        shown?.lines.map(({ group, dueOn, checkinId }) => [group, dueOn, checkinId === old.checkinId]),
        [
          ['mustAct', '2026-11-02', true],
          ['callingAgain', '2026-11-23', false],
        ],
      );
      const before = await today().day(station.stationId, '2026-11-23', at('08:00'));
      assert.deepEqual(before?.counts.callingTomorrow, 1);
    });

    if (open.engine === 'sqlite') {
      it('finds its day and its weeks by an index, however long the history', async () => {
        const { checkinId } = await alertAbout();
        await alertAbout({}, '2026-11-02');
        await work.record(checkinId, { reason: 'visited', words: '', by: undefined, at: at('10:30') });
        const statements: { sql: string; bindings: string[] }[] = [];
        const note = (query: { sql: string; bindings: string[] }): number => statements.push(query);
        database.on('query', note);
        await today().day(station.stationId, day, at('11:00'));
        await today().glance(station.stationId, day);
        await new AlertListStore({ database, codec }).list({ stationIds: [station.stationId] }, 'open');
        database.off('query', note);
        for (const { sql, bindings } of statements.filter((one) => one.sql.startsWith('select'))) {
          const plan: { detail: string }[] = await database.raw(`explain query plan ${sql}`, bindings);
          assert.deepEqual(
            plan.filter(({ detail }) => detail.startsWith('SCAN')),
            [],
            sql,
          );
        }
      });
    }

    it('has one call to a person at a time', async () => {
      const calls = new StationCallStore({ database, codec });
      const { subscriberId, alertId } = await alertAbout();
      const call = (id: string) => ({ id, subscriberId, ...station, pbxId: 'pbx1', userId: undefined });
      const begun = await Promise.all([
        calls.begin(call('a'), at('10:00')),
        calls.begin(call('b'), at('10:00')),
      ]);
      assert.equal(begun.filter((open_) => open_ === undefined).length, 1);
      const [open_] = await calls.open('pbx1');
      assert.equal(open_?.alertId, alertId);
      const end = { deskAnsweredAt: at('10:01'), answeredAt: at('10:02'), endedAt: at('10:03') };
      assert.ok(open_);
      await calls.move(open_.id, { ...end, state: 'ended', outcome: 'answered' });
      assert.equal((await calls.find(open_.id))?.seconds, 60);
      assert.equal(await calls.begin(call('c'), at('10:04')), undefined);
    });

    it('is told by mail once, to those who want it; and the end to those who were told', async () => {
      const mails = new AlertMailStore({
        ...{ database, codec, mails: new MailStore({ database, codec }) },
        baseUrl: () => 'https://g.test',
      });
      const contacts = new StationContactStore({ database, codec });
      const [one, two] = [await user('一'), await user('二')];
      await user('三', 'counsellor');
      await contacts.switchUser(station.stationId, two, false);
      await contacts.addContact(station.stationId, { name: '民生委員', mail: 'm@example.jp' }, at('08:00'));
      const recipients = async (): Promise<string[]> =>
        (await database('mails').orderBy('id').select<{ recipient: string }[]>('recipient')).map((row) =>
          codec.decode(row.recipient),
        );
      const { alertId } = await alertAbout();
      await Promise.all([mails.tellDue(at('10:00')), mails.tellDue(at('10:00'))]);
      assert.deepEqual(await recipients(), ['一@example.jp', 'm@example.jp']);

      await work.close(alertId, { reason: 'reachedWell', words: '', by: one, at: at('11:00') });
      await mails.tellDue(at('11:00'));
      assert.equal((await recipients()).length, 2, 'an end that may be taken back is not told yet');
      await work.reopen(alertId, { by: one, at: at('11:00') });
      await mails.tellDue(at('11:05'));
      assert.equal((await recipients()).length, 2);
      await work.close(alertId, { reason: 'reachedWell', words: '', by: one, at: at('11:10') });
      await contacts.switchUser(station.stationId, one, false);
      await mails.tellDue(at('11:11'));
      assert.deepEqual((await recipients()).slice(2), ['一@example.jp', 'm@example.jp']);
    });

    it('says what did not arrive, and where nobody is to be told; unwanted reasons are not', async () => {
      const mails = new AlertMailStore({
        ...{ database, codec, mails: new MailStore({ database, codec }) },
        baseUrl: () => 'https://g.test',
      });
      const contacts = new StationContactStore({ database, codec });
      await alertAbout();
      await mails.tellDue(at('10:00'));
      assert.deepEqual(
        (await mails.undelivered(at('10:00'))).map(({ state }) => state),
        ['nobody'],
      );
      await contacts.setReasons(station.stationId, ['unwell']);
      await contacts.addContact(station.stationId, { name: '家族', mail: 'k@example.jp' }, at('08:00'));
      await alertAbout();
      await mails.tellDue(at('10:00'));
      assert.equal(await database('mails').first('id'), undefined);
      await contacts.setReasons(station.stationId, ['unwell', 'noResponse']);
      await alertAbout();
      await mails.tellDue(at('10:00'));
      assert.equal((await mails.undelivered(at('10:01'))).length, 1, 'it has a moment to go out');
      await database('mails').update({ state: 'refused', last_fault: 'EENVELOPE 550' });
      const [first] = await mails.undelivered(at('10:01'));
      assert.deepEqual(
        [first?.state, first?.name, first?.mail, first?.fault],
        ['refused', '家族', 'k@example.jp', 'EENVELOPE 550'],
      );
    });
  });
});
