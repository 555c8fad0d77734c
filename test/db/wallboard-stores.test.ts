import assert from 'node:assert/strict';
import { LedgerStore } from '../../src/checkins/ledger-store.js';
import { ledgerStates } from '../../src/checkins/ledger-state.js';
import type { Database } from '../../src/storage/database.js';
import { ScreenStore } from '../../src/wallboard/screen-store.js';
import { Screens } from '../../src/wallboard/screens.js';
import { WallboardFactsStore } from '../../src/wallboard/wallboard-facts-store.js';
import { WallboardSettingsStore } from '../../src/wallboard/wallboard-settings-store.js';
import { usualSettings } from '../../src/wallboard/wallboard-settings.js';
import { onBothDatabases } from '../support/both-databases.js';
import { seedCheckin, seedStation, seedSubscriber, type CheckinColumns } from '../support/builders.js';
import { codec } from '../support/logins.js';

const day = '2026-11-24';
const zone = 'Asia/Tokyo';
const now = new Date('2026-11-24T03:00:00Z');
const at = (time: string, date = day): number => Date.parse(`${date}T${time}:00+09:00`);

/** One of each situation, with the reason of an alert where there is one. */
const situations: [Partial<CheckinColumns>, string?][] = [
  [{}],
  [{ next_call_at: at('15:00'), due_at: at('15:00') }],
  [{ state: 'calling', attempts: 1 }],
  [{ attempts: 1, missed: 1, next_call_at: at('12:30') }],
  [{ attempts: 1, missed: 1, next_call_at: at('09:00', '2026-11-25') }],
  [{ state: 'answered', result: 'ok', settled_at: at('11:55') }],
  [{ state: 'answered', result: 'ok', settled_at: at('09:05') }],
  [{ state: 'confirmed', settled_at: at('10:00') }],
  [{ state: 'alerted', result: 'noAnswer', missed: 2, settled_at: at('11:58') }, 'noResponse'],
  [{ state: 'alerted', result: 'unwell', settled_at: at('09:01') }, 'unwell'],
  [{ state: 'alerted', result: 'unwell', settled_at: at('09:01') }, 'weCouldNotCall'],
  [{ state: 'alerted', result: null, settled_at: at('09:01') }],
  [{ state: 'cancelled', result: 'paused' }],
  [{ state: 'cancelled', result: 'withdrawn' }],
  [{ state: 'cancelled', result: 'somethingElse' }],
];

async function seedDay(database: Database) {
  const station = await seedStation(database, codec);
  for (const [columns, reason] of situations) {
    const subscriber = await seedSubscriber(database, codec, station);
    const id = await seedCheckin(database, subscriber, day, columns);
    if (reason === undefined) continue;
    await database('alerts').insert({
      organization_id: station.organizationId,
      station_id: station.stationId,
      subscriber_id: subscriber.subscriberId,
      check_in_id: id,
      reason,
      open_key: `checkin:${id}`,
      opened_at: at('11:58'),
    });
  }
  const paused = await seedSubscriber(database, codec, station);
  await seedCheckin(database, paused, day);
  await database('pauses').insert({ subscriber_id: paused.subscriberId, from_on: day, until_on: day });
  const gone = await seedSubscriber(database, codec, station, { withdrawnOn: day });
  await seedCheckin(database, gone, day);
  const elsewhere = await seedStation(database, codec);
  await seedCheckin(database, await seedSubscriber(database, codec, elsewhere), day);
  return station;
}

describe('what a wallboard is made of', () => {
  onBothDatabases((open) => {
    it('counts a day exactly as the ledger does, state by state', async () => {
      const database = await open();
      const { organizationId, stationId } = await seedDay(database);
      const { counted, ...facts } = await new WallboardFactsStore({ database, codec }).day(
        organizationId,
        zone,
        now,
      );
      const ledger = await new LedgerStore({ database, codec }).day(stationId, day, now);
      const sums = Object.fromEntries(
        ledgerStates.map((state) => [
          state,
          counted.filter((one) => one.state === state).reduce((sum, { count }) => sum + count, 0),
        ]),
      );
      assert.deepEqual(sums, ledger?.counts);
      const overdue = counted.filter(({ state, overdue: is }) => is && state === 'stillUnknown');
      assert.deepEqual(
        overdue.map(({ count }) => count),
        [1],
      );
      assert.deepEqual(facts, {
        lastCallAt: new Date(at('15:00')),
        settledLately: 2,
        windowMinutes: 10,
        readAt: now,
      });
    });

    it('knows the open alerts of one tenant, and whom its calls are for', async () => {
      const database = await open();
      const { organizationId } = await seedDay(database);
      const store = new WallboardFactsStore({ database, codec });
      const { open: alerts } = await store.alerts(organizationId, now);
      assert.deepEqual(alerts.map(({ reason }) => reason).sort(), ['noResponse', 'unwell', 'weCouldNotCall']);
      assert.deepEqual(alerts[0]?.openedAt, new Date(at('11:58')));
      const rows = await database('check_ins').orderBy('id').limit(1).select<{ id: number }[]>('id');
      const id = rows[0]?.id ?? 0;
      const people = await store.people([id]);
      assert.equal(people.get(id)?.organizationId, organizationId);
      assert.equal(people.get(id)?.person.kana, 'みまもり はなこ');
      assert.deepEqual(await store.callBacksDueAt(organizationId), []);
    });

    it('keeps the settings of each tenant, and shows the usual ones until there are some', async () => {
      const database = await open();
      const { organizationId } = await seedStation(database, codec);
      const store = new WallboardSettingsStore(database);
      assert.deepEqual(await store.of(organizationId), usualSettings);
      const own = {
        ...usualSettings,
        tiles: ['unknown', 'calls'] as const,
        standIn: 'memberNumbers' as const,
      };
      for (const waiting of [5, null]) {
        const settings = { ...own, tiles: [...own.tiles], limits: { ...own.limits, waiting } };
        await store.save(organizationId, settings, now);
        assert.deepEqual(await store.of(organizationId), settings);
      }
      await database('wallboard_settings').update({ settings: '{"tiles":["of yesterday"]}' });
      assert.deepEqual(await store.of(organizationId), usualSettings);
    });
  });
});

describe('television sets', () => {
  onBothDatabases((open) => {
    async function openScreens() {
      const database = await open();
      const { organizationId } = await seedStation(database, codec);
      const { organizationId: otherId } = await seedStation(database, codec);
      const revoked: number[] = [];
      const clock = { at: now };
      const screens = new Screens({
        store: new ScreenStore(database),
        clock: () => clock.at,
        onRevoked: (id) => revoked.push(id),
      });
      const begin = async () => {
        const begun = await screens.begin();
        assert.ok(begun);
        return begun;
      };
      return { database, screens, begin, organizationId, otherId, revoked, clock };
    }

    it('show one tenant’s board from the entering of the code until they are taken out', async () => {
      const { screens, begin, organizationId, otherId, revoked } = await openScreens();
      const { code, token } = await begin();
      assert.deepEqual([await screens.state(token), await screens.enter(token)], ['waiting', undefined]);
      const typed = `${code.slice(0, 4)}　${code.slice(4)}`.replace(/\d/, (digit) =>
        String.fromCharCode(digit.charCodeAt(0) + 0xfee0),
      );
      assert.equal(await screens.pair(typed, organizationId, '相談室'), true);
      assert.equal(await screens.state(token), 'paired');
      const screen = await screens.enter(token);
      assert.deepEqual([screen?.organizationId, screen?.name], [organizationId, '相談室']);
      assert.equal(await screens.pair(code, otherId, 'もう一度'), false);
      const [listed] = await screens.list(organizationId);
      assert.deepEqual([listed?.id, listed?.seenAt], [screen?.id, now]);
      assert.deepEqual(await screens.list(otherId), []);

      assert.equal(await screens.revoke(screen?.id ?? 0, otherId), false);
      assert.deepEqual(revoked, []);
      assert.equal(await screens.revoke(screen?.id ?? 0, organizationId), true);
      assert.deepEqual(revoked, [screen?.id]);
      assert.deepEqual([await screens.state(token), await screens.enter(token)], ['gone', undefined]);
    });

    it('wait for a quarter of an hour, and not in crowds', async () => {
      const { database, screens, begin, organizationId, clock } = await openScreens();
      const { code, token } = await begin();
      for (let waiting = 1; waiting < 50; waiting++) await begin();
      assert.equal(await screens.begin(), undefined);
      clock.at = new Date(now.getTime() + 15 * 60_000 + 1);
      assert.equal(await screens.pair(code, organizationId, '遅い'), false);
      assert.equal(await screens.state(token), 'gone');
      await begin();
      assert.equal((await database('wallboard_screens').select('id')).length, 1);
    });

    it('are kept without anything that lets one in', async () => {
      const { database, begin } = await openScreens();
      const { code, token } = await begin();
      const stored = JSON.stringify(await database('wallboard_screens').select('*'));
      assert.ok(!stored.includes(code) && !stored.includes(token));
    });
  });
});
