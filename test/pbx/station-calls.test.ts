import assert from 'node:assert/strict';
import { numberOf } from '../../src/demo/simulated-people.js';
import { StationSettingsStore } from '../../src/desk/station-settings-store.js';
import { stageCallerNumber } from '../../src/testbed/stage.js';
import { until } from '../../src/testbed/until.js';
import { addConsoleUser } from '../support/console-users.js';
import { Visitor, type Answered } from '../support/http-visitor.js';
import { Town, townTimeoutMs } from '../support/pbx-town.js';
import { ServiceProcess } from '../support/service-process.js';
import { codecOf } from '../support/test-codec.js';
import { seedCheckin, seedStation, seedSubscriber } from '../support/builders.js';

/** The station's telephone is picked up and held; a person talks for two seconds and hangs up. */
const desk = numberOf('06', 700);
const [talker, patient] = [numberOf('07', 701), numberOf('06', 702)];
/** Presses 1 when the question has come. */
const willing = numberOf('01', 705);
const [engaged, deaf] = [numberOf('08', 703), numberOf('09', 704)];

interface TestCallAnswer {
  id: string;
  isOver: boolean;
  events: { what: string; digit?: string; answer?: string; outcome?: string }[];
}

interface CallAnswer {
  id: string;
  state: string;
  outcome?: string;
  seconds?: number;
}

describe('a call to a person by click', function () {
  this.timeout(townTimeoutMs);

  let town: Town;
  let service: ServiceProcess;
  let visitor: Visitor;
  let stationId = 0;
  const people = new Map<string, number>();

  before(async () => {
    town = await Town.open({ channelCap: 6, settings: { FINISH_SECONDS: '0' } });
    const codec = codecOf(town.environment);
    const { database } = town;
    const station = await seedStation(database, codec);
    ({ stationId } = station);
    for (const number of [talker, patient, engaged, deaf, willing, '0473990110']) {
      const person = await seedSubscriber(database, codec, station, { number });
      people.set(number, person.subscriberId);
      if (number === talker) {
        const checkinId = await seedCheckin(database, person, '2026-11-24', { state: 'alerted' });
        await database('alerts').insert({
          ...{ organization_id: station.organizationId, station_id: stationId, check_in_id: checkinId },
          ...{ subscriber_id: person.subscriberId, reason: 'noResponse', open_key: `checkin:${checkinId}` },
          opened_at: 1,
        });
      }
    }
    service = new ServiceProcess(town.environment);
    await service.start();
    const user = await addConsoleUser(town, {
      ...{ role: 'tenantAdmin', organizationId: station.organizationId, mail: 'kanri@genki.test' },
    });
    visitor = new Visitor(`http://127.0.0.1:${town.environment.HTTP_PORT ?? ''}`);
    visitor.cookie = `genkidesu=${user.sessionToken}`;
    await service.answers('readyz');
  });
  after(async () => {
    await service.kill();
    await town.close();
  });

  const call = (number: string): Promise<Answered> =>
    visitor.post(`/api/subscribers/${people.get(number) ?? 0}/call`);
  const idOf = ({ body }: Answered): string => String(body.id);
  const look = async (id: string): Promise<CallAnswer> =>
    (await visitor.get(`/api/station-calls/${id}`)).body as unknown as CallAnswer;
  const reaches = async (id: string, state: string, timeoutMs = 60_000): Promise<CallAnswer> => {
    await until(async () => (await look(id)).state === state, {
      what: `the call is ${state}`,
      timeoutMs,
      everyMs: 100,
    });
    return look(id);
  };
  const carriersCalls = (number: string) =>
    town.carrierCalls().filter((one) => one.number === number && one.startedAt.getTime() > 0);

  it('is not made before the station has said which telephone is its own', async () => {
    const answer = await call(talker);
    assert.deepEqual([answer.status, answer.code], [409, 'noDeskNumber']);
  });

  it('takes no number that is nobody’s telephone for the station’s', async () => {
    for (const number of ['110', '119', '0570123456', '0990123456', '+15551234567', '<script>']) {
      const answer = await visitor.ask('put', `/api/stations/${stationId}/desk-number`, { number });
      assert.deepEqual([answer.status, answer.code], [400, 'badDeskNumber'], number);
    }
    const dashed = `${desk.slice(0, 4)}-${desk.slice(4, 6)}-${desk.slice(6)}`;
    const put = await visitor.ask('put', `/api/stations/${stationId}/desk-number`, { number: dashed });
    assert.deepEqual(put.body, { number: desk });
  });

  it('rings the station first, then the person, and both talk; two clicks are one call', async () => {
    const [first, second] = await Promise.all([call(talker), call(talker)]);
    const [won, lost] = first.status === 201 ? [first, second] : [second, first];
    assert.equal(won.status, 201);
    assert.deepEqual([lost.status, lost.code], [409, 'alreadyCalling']);
    assert.equal(won.body.state, 'callingDesk');
    const { outcome, seconds } = await reaches(idOf(won), 'ended');
    assert.equal(outcome, 'answered');
    assert.ok((seconds ?? 0) >= 1 && (seconds ?? 0) <= 4, String(seconds));
    // The exchange knows of the end before the carrier has heard of it.
    await until(() => carriersCalls(desk).every(({ endedAt }) => endedAt !== undefined), {
      what: 'the carrier has noted the end',
    });
    const [toDesk, toPerson] = [carriersCalls(desk), carriersCalls(talker)];
    assert.deepEqual([toDesk.length, toPerson.length], [1, 1]);
    assert.deepEqual([toDesk[0]?.from, toPerson[0]?.from], [stageCallerNumber, stageCallerNumber]);
    // Both were on the line at once: the station's telephone was up before the person's, and until its end.
    assert.ok(Number(toDesk[0]?.answeredAt) <= Number(toPerson[0]?.startedAt));
    assert.ok(Number(toDesk[0]?.endedAt) >= Number(toPerson[0]?.answeredAt) + 1000);
  });

  it('stands at the alert about them', async () => {
    const row = await town.database('alerts').first<{ id: number }>('id');
    const { body } = await visitor.get(`/api/alerts/${row.id}`);
    assert.deepEqual(
      (body.calls as CallAnswer[]).map(({ outcome }) => outcome),
      ['answered'],
    );
  });

  it('says that the person is on the phone, that nobody is there, and that the number is none', async () => {
    const outcomes = [];
    for (const number of [engaged, '0473990110']) {
      outcomes.push((await reaches(idOf(await call(number)), 'ended')).outcome);
    }
    assert.deepEqual(outcomes, ['busy', 'failed']);
  });

  it('says so when nobody picks up at the station', async () => {
    const settings = new StationSettingsStore({
      database: town.database,
      codec: codecOf(town.environment),
    });
    await settings.setDeskNumber(stationId, engaged);
    assert.equal((await reaches(idOf(await call(patient)), 'ended')).outcome, 'deskBusy');
    assert.deepEqual(carriersCalls(patient), []);
    await settings.setDeskNumber(stationId, desk);
  });

  it('tries a person’s telephone: two clicks ring once, and the answer stands on their page', async () => {
    const page = `/api/subscribers/${people.get(willing) ?? 0}`;
    const order = { phonePosition: 1, outsideHours: true };
    const clicks = await Promise.all([1, 2].map(() => visitor.post(`${page}/test-call`, order)));
    const [first, second] = clicks;
    assert.deepEqual([first?.status, first?.body.id], [202, second?.body.id]);
    const course = async (): Promise<TestCallAnswer> =>
      (await visitor.get(`${page}/test-call/${String(first?.body.id)}`)).body as unknown as TestCallAnswer;
    const isOver = async (): Promise<boolean> => (await course()).isOver;
    await until(isOver, { what: 'the test call is over', timeoutMs: 60_000, everyMs: 100 });
    const { events } = await course();
    assert.deepEqual(
      events
        .map(({ what, answer, outcome }) => [what, answer ?? outcome])
        .filter(([what]) => what !== 'ringing'),
      [
        ['dialling', undefined],
        ['answered', undefined],
        ['key', 'ok'],
        ['ended', 'ok'],
      ],
    );
    assert.equal(carriersCalls(willing).length, 1);
    const { body } = await visitor.get(page);
    const [last] = body.changes as { kind: string; fields: { after: unknown }[] }[];
    assert.deepEqual([last?.kind, last?.fields[0]?.after], ['testCall', { phonePosition: 1, outcome: 'ok' }]);
    // It is no sign of life: no check-in knows of it.
    const attempts = town.database('attempts').where({ subscriber_id: people.get(willing) ?? 0 });
    assert.deepEqual(await attempts.select('id'), []);
  });

  it('goes on while the service is dead, and its end is known afterwards', async () => {
    const id = idOf(await call(deaf));
    await reaches(id, 'callingThem');
    // That is so from the moment when the station picks up, before the other call is on its way.
    await until(() => carriersCalls(deaf).length > 0, { what: 'the carrier rings there' });
    await service.kill();
    assert.equal(carriersCalls(deaf).length, 1);
    service = new ServiceProcess(town.environment);
    await service.start();
    await service.answers('readyz');
    // It still rings there: a second click is told so.
    assert.equal((await call(deaf)).code, 'alreadyCalling');
    assert.equal((await look(id)).state, 'callingThem');
    const ended = await reaches(id, 'ended', 90_000);
    assert.equal(ended.outcome, 'noAnswer');
  });
});
