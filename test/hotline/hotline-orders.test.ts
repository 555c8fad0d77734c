import assert from 'node:assert/strict';
import type { ExchangeOrders, OrderAnswer } from '../../src/hotline/exchange-orders.js';
import { HotlineBook } from '../../src/hotline/hotline-book.js';
import { apiItself, HotlineOrders } from '../../src/hotline/hotline-orders.js';
import type { TaskAnswer } from '../../src/hotline/hotline-task.js';
import type { OrderRecord } from '../../src/hotline/order-store.js';
import type { MemberFacts } from '../../src/hotline/queue-event.js';
import { foldEvent, fromSnapshot, nothingKnown } from '../../src/hotline/queue-picture.js';
import { someCounsellor, someLine, someMember, someTask } from '../support/hotline-facts.js';

const now = new Date('2026-11-24T12:00:00+09:00');
const line = (id: number, slot: number, organizationId: number) => someLine({ id, slot, organizationId });
const counsellor = (extension: string, supervises: boolean, organizationId = 1) =>
  someCounsellor(extension, { organizationId, name: '相談員', supervises, lineIds: [11, 12] });
const member = (extension: string, phone: MemberFacts['phone']) => someMember(extension, { phone });
const task = someTask(now, { id: 5, lineId: 12, number: '0473912345' });

describe('an order to the exchange', () => {
  let given: unknown[][];
  let written: (OrderRecord & { answer?: OrderAnswer })[];
  let answer: OrderAnswer;
  let ours: boolean;
  let take: TaskAnswer;
  let orders: HotlineOrders;

  beforeEach(async () => {
    given = [];
    written = [];
    answer = 'done';
    ours = true;
    take = { kind: 'changed', task };
    const order =
      (what: string) =>
      (...args: unknown[]): Promise<OrderAnswer> => {
        assert.ok(written.at(-1) && !written.at(-1)?.answer, 'nothing is ordered that is not written down');
        given.push([what, ...args]);
        return Promise.resolve(answer);
      };
    const exchange: ExchangeOrders = {
      logIn: order('logIn'),
      logOut: order('logOut'),
      pause: order('pause'),
      resume: order('resume'),
      pullForward: order('pullForward'),
      listenIn: order('listenIn'),
      callBack: order('callBack'),
    };
    const book = new HotlineBook({
      lines: {
        all: () => Promise.resolve([line(11, 1, 1), line(12, 4, 1), line(21, 9, 2)]),
        holidays: () => Promise.resolve([]),
      },
      counsellors: {
        active: () =>
          Promise.resolve([
            counsellor('101', false),
            counsellor('102', true),
            counsellor('103', false),
            counsellor('201', true, 2),
          ]),
      },
      clock: () => now,
    });
    await book.reload();
    const waiting = [
      { slot: 1, callId: 'w', channel: 'PJSIP/trunk-7', position: 3, priority: 0, waitedSeconds: 60 },
    ];
    const members = [member('101', 'busy'), member('103', 'idle')];
    const start = fromSnapshot(nothingKnown, { waiting, members }, now);
    const talks = { kind: 'answered', slot: 1, extension: '101', callId: 'c', number: '' } as const;
    orders = new HotlineOrders({
      exchange,
      book,
      watch: { picture: foldEvent(start, talks, now).picture, lookAgain: () => undefined },
      store: {
        begin: (record) => Promise.resolve(written.push(record)),
        end: (id, told) => {
          written[id - 1] = { ...(written[id - 1] as OrderRecord), answer: told };
          return Promise.resolve();
        },
      },
      tasks: {
        find: (id) => Promise.resolve(id === 5 ? task : undefined),
        take: () => Promise.resolve(take),
      },
      mayAct: () => ours,
      clock: () => now,
    });
  });

  it('logs in to all lines of the counsellor, or to the wanted ones', async () => {
    await orders.logIn('101', undefined, '101');
    await orders.logIn('101', [12], '101');
    assert.deepEqual(given, [
      ['logIn', '101', [1, 4]],
      ['logIn', '101', [4]],
    ]);
    await assert.rejects(orders.logIn('101', [21], '101'), { code: 'notTheirLine' });
  });

  it('logs out of the lines where one is in, and is done when there is none', async () => {
    assert.equal(await orders.logOut('101', '101'), 'done');
    assert.equal(await orders.logOut('102', '102'), 'done');
    assert.deepEqual(given, [['logOut', '101', [1]]]);
  });

  it('is written down with who gave it, and what the exchange said', async () => {
    answer = 'refused';
    await orders.pause('101', '昼休み', '101');
    assert.deepEqual(written, [
      {
        organizationId: 1,
        orderedBy: '101',
        what: 'pause',
        extension: '101',
        reason: '昼休み',
        answer: 'refused',
      },
    ]);
  });

  it('lets a supervisor listen to a call, and the record say to which', async () => {
    await orders.listenIn('102', '101', 'whisper');
    assert.deepEqual(given, [['listenIn', '102', '101', 'whisper']]);
    assert.deepEqual(written, [
      { organizationId: 1, orderedBy: '102', what: 'whisper', extension: '101', callId: 'c', answer: 'done' },
    ]);
  });

  for (const [what, give, code] of [
    ['to listen, of who does not supervise', () => orders.listenIn('103', '101', 'listen'), 'notASupervisor'],
    ['to listen to oneself', () => orders.listenIn('101', '101', 'listen'), 'notOnAPhoneCall'],
    ['to listen to another organization', () => orders.listenIn('201', '101', 'listen'), 'otherOrganization'],
    ['to listen to who does not talk', () => orders.listenIn('102', '103', 'barge'), 'notOnAPhoneCall'],
    ['to listen to nobody', () => orders.listenIn('102', '199', 'listen'), 'noSuchCounsellor'],
    ['by nobody', () => orders.listenIn('199', '101', 'listen'), 'noSuchCounsellor'],
    [
      'to log a colleague out, of who does not supervise',
      () => orders.logOut('101', '103'),
      'notASupervisor',
    ],
    [
      'to pull a caller forward, of who does not supervise',
      () => orders.pullForward('w', '101'),
      'notASupervisor',
    ],
    ['to pull forward who does not wait', () => orders.pullForward('c', '102'), 'noSuchCall'],
    ['to call about no task', () => orders.callBack(6, '101', apiItself), 'noSuchTask'],
    ['to call about a task of others', () => orders.callBack(5, '201', apiItself), 'otherOrganization'],
  ] as const) {
    it(`is refused ${what}`, async () => {
      await assert.rejects(give(), { code });
      assert.deepEqual([given, written], [[], []]);
    });
  }

  it('pulls a caller forward by the channel that the exchange knows', async () => {
    await orders.pullForward('w', '102');
    assert.deepEqual(given, [['pullForward', 1, 'PJSIP/trunk-7', 100]]);
  });

  it('calls about a task with the number and the line of the task, once it is one’s own', async () => {
    await orders.callBack(5, '101', apiItself);
    assert.deepEqual(given, [['callBack', { extension: '101', number: '0473912345', taskId: 5, slot: 4 }]]);
    assert.deepEqual(written[0]?.taskId, 5);
  });

  it('calls once for who clicks twice', async () => {
    await Promise.all([orders.callBack(5, '103', '103'), orders.callBack(5, '103', '103')]);
    await orders.callBack(5, '103', '103');
    assert.deepEqual([given.length, written.length], [1, 1]);
  });

  it('calls once more after a call that the exchange refused', async () => {
    answer = 'refused';
    await orders.callBack(5, '103', '103');
    answer = 'done';
    await orders.callBack(5, '103', '103');
    assert.equal(given.length, 2);
  });

  it('lets a supervisor, and no colleague, change the state of another one', async () => {
    await orders.pause('101', '昼休み', '102');
    await orders.resume('101', '102');
    await orders.logIn('101', undefined, '102');
    assert.deepEqual(
      given.map(([what]) => what),
      ['pause', 'resume', 'logIn'],
    );
    await assert.rejects(orders.pause('101', '昼休み', '103'), { code: 'notASupervisor' });
  });

  for (const [why, code] of [
    ['takenByAnother', 'takenByAnother'],
    ['settled', 'taskIsDone'],
  ] as const) {
    it(`rings nobody about a task that is ${why}`, async () => {
      take = { kind: 'refused', why };
      await assert.rejects(orders.callBack(5, '101', apiItself), { code });
      assert.deepEqual(given, []);
    });
  }

  it('is not given while another process conducts the exchange', async () => {
    ours = false;
    await assert.rejects(orders.resume('101', '101'), { code: 'exchangeNotOurs' });
    assert.deepEqual([given, written], [[], []]);
  });
});
