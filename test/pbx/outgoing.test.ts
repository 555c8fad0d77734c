import assert from 'node:assert/strict';
import { readCarrierRecord } from '../../src/testbed/carrier-record.js';
import { until } from '../../src/testbed/until.js';
import { openHotlineStage, openHour, type HotlineStage, type QueueLine } from '../support/hotline-stage.js';
import { townTimeoutMs } from '../support/pbx-town.js';

/** Picks up, stays for two seconds and hangs up. */
const somebody = '0473920777';
const shown = '0473900117';

describe('a telephone of a counsellor', function () {
  this.timeout(townTimeoutMs);

  let hotline: HotlineStage;
  before(async () => {
    hotline = await openHotlineStage();
    await hotline.setClock(openHour);
    await hotline.put('hotline-line/2', 'number', shown);
    await hotline.put('hotline-counsellor/101', 'lines', '2,3');
    await hotline.put('hotline-counsellor/102', 'cap', '60');
    await hotline.put('hotline-spent/102', '20261130', '60');
    for (const extension of ['101', '102']) await hotline.counsellor(extension, `0473906${extension}`);
    await hotline.counsellor('103', '0473920103');
  });
  after(() => hotline.close());

  /** The telephone is picked up and dials. */
  async function dials(extension: string, number: string, context = 'counsellor'): Promise<void> {
    await hotline.pbx.action({
      action: 'Originate',
      channel: `PJSIP/${extension}`,
      context,
      exten: number,
      priority: '1',
      ...(context === 'hotline-callback' ? { variable: 'TASK=42,SLOT=2' } : {}),
      async: 'true',
    });
  }
  const told = (number: string): QueueLine[] => {
    const { uid } = hotline.lines().find(({ data }) => data[1] === number) ?? {};
    return hotline.lines().filter((line) => line.uid === uid);
  };
  const carrierCalls = (number: string) =>
    readCarrierRecord(hotline.stage.carrierRecordFile).filter((call) => call.number === number);

  it('phones a number of Japan and shows the number of its line', async () => {
    await dials('101', somebody);
    await hotline.line(({ event }) => event === 'OUTENDED', 'the end of the call');
    const story = told(somebody);
    assert.deepEqual(
      story.map(({ event, agent, queue }) => [event, agent, queue]),
      [
        ['OUTGOING', '101', 'line-2'],
        ['OUTANSWERED', '101', 'line-2'],
        ['OUTENDED', '101', 'line-2'],
      ],
    );
    const [, status, talked] = story[2]?.data ?? [];
    assert.equal(status, 'ANSWER');
    assert.ok(Number(talked) >= 1 && Number(talked) <= 8, talked);
    assert.equal(await hotline.get('hotline-spent/101', '20261130'), talked);
    assert.deepEqual(
      carrierCalls(somebody).map(({ from }) => from),
      [shown],
    );
  });

  for (const [number, reason] of [
    ['0570123456', 'notAllowed'],
    ['0990123456', 'notAllowed'],
    ['0180991234', 'notAllowed'],
    ['01012125551234', 'notAllowed'],
    ['0033010441234', 'notAllowed'],
    ['02012345678', 'notAllowed'],
    ['184047392077', 'notAllowed'],
    ['047392077', 'notAllowed'],
    ['119', 'emergency'],
    ['110', 'emergency'],
    ['118', 'emergency'],
  ] as const) {
    it(`cannot phone ${number}, and hears why`, async () => {
      await dials('101', number);
      const { data } = await hotline.line(
        (line) => line.event === 'OUTREFUSED' && line.data[1] === number,
        'the refusal',
      );
      assert.equal(data[2], reason);
      assert.deepEqual(carrierCalls(number), []);
      const hears = async (): Promise<boolean> =>
        (await hotline.pbx.action({ action: 'CoreShowChannels' }, { list: true })).some(
          ({ application, applicationdata }) =>
            application === 'Playback' && /not-allowed|own-phone/.test(String(applicationdata)),
        );
      await until(hears, { what: 'it is told', everyMs: 20 });
    });
  }

  it('cannot phone any more once the day is used up', async () => {
    await dials('102', '0473920888');
    const { data, agent } = await hotline.line(
      (line) => line.event === 'OUTREFUSED' && line.data[1] === '0473920888',
      'the refusal',
    );
    assert.deepEqual([agent, data[2]], ['102', 'cap']);
    assert.deepEqual(carrierCalls('0473920888'), []);
  });

  it('is cut off when the day is used up during a call', async () => {
    await hotline.put('hotline-spent/102', '20261130', '57');
    await dials('102', '0473906888');
    const { data } = await hotline.line(
      (line) => line.event === 'OUTENDED' && line.agent === '102',
      'the end of the call',
    );
    // The person would stay for a minute.
    assert.ok(Number(data[2]) <= 6, data[2]);
    assert.ok(Number(await hotline.get('hotline-spent/102', '20261130')) >= 58);
  });

  it('phones somebody back for the service, although the day is used up', async () => {
    await hotline.put('hotline-spent/102', '20261130', '60');
    await dials('102', '0473920999', 'hotline-callback');
    await hotline.line(({ event }) => event === 'BACKENDED', 'the end of the call');
    const story = hotline.lines().filter(({ event }) => event.startsWith('BACK'));
    assert.deepEqual(
      story.map(({ event, agent, queue, data }) => [event, agent, queue, ...data.slice(1, 3)]),
      [
        ['BACKDIAL', '102', 'line-2', '42'],
        ['BACKENDED', '102', 'line-2', '42', 'ANSWER'],
      ],
    );
    assert.deepEqual(
      carrierCalls('0473920999').map(({ from }) => from),
      [shown],
    );
  });

  it('logs in and out, pauses and resumes by feature codes', async () => {
    const steps = [
      ['*11', 'ADDMEMBER', 'line-2'],
      ['*11', 'ADDMEMBER', 'line-3'],
      ['*13', 'PAUSEALL', 'NONE'],
      ['*14', 'UNPAUSEALL', 'NONE'],
      ['*12', 'REMOVEMEMBER', 'line-2'],
      ['*12', 'REMOVEMEMBER', 'line-3'],
    ] as const;
    let dialled = '';
    for (const [code, event, queue] of steps) {
      if (code !== dialled) await dials('101', (dialled = code));
      const { agent } = await hotline.line((line) => line.event === event && line.queue === queue, event);
      assert.equal(agent, '101', event);
    }
  });

  it('phones a colleague', async () => {
    const before = carrierCalls('0473920103').length;
    await dials('101', '103');
    await until(() => carrierCalls('0473920103').length > before, { what: 'the colleague is phoned' });
  });
});
