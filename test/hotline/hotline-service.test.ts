import assert from 'node:assert/strict';
import { HotlineBook } from '../../src/hotline/hotline-book.js';
import { HotlineService, type HotlineServiceOptions } from '../../src/hotline/hotline-service.js';
import type { Line } from '../../src/hotline/line.js';
import { Membership } from '../../src/hotline/membership.js';
import { fromSnapshot, nothingKnown } from '../../src/hotline/queue-picture.js';
import { createLog } from '../../src/log.js';
import { someCounsellor, someLine } from '../support/hotline-facts.js';

const now = new Date('2026-11-24T12:00:00+09:00');
const line = someLine({ id: 11, slot: 2, name: '相談', numbers: ['0120386117'] });
const counsellor = someCounsellor('101', { id: 1, name: '相談 花子', lineIds: [11] });

describe('the clockwork of the hotline', () => {
  let exchange: Map<string, string>;
  let writes: number;
  let accounts: string[][];
  let databaseIsUp: boolean;
  let ours: boolean;
  let lines: Line[];
  let service: HotlineService;

  function start(parts: Partial<HotlineServiceOptions> = {}): HotlineService {
    const ifUp = <Value>(value: Value): Promise<Value> =>
      databaseIsUp ? Promise.resolve(value) : Promise.reject(new Error('no database'));
    const book = new HotlineBook({
      lines: { all: () => ifUp(lines), holidays: () => ifUp([]) },
      counsellors: { active: () => ifUp([counsellor]) },
      clock: () => now,
    });
    const picture = fromSnapshot(nothingKnown, { waiting: [], members: [] }, now);
    return new HotlineService({
      book,
      counsellors: { accounts: () => ifUp([{ extension: '101', secret: 's', outside: false }]) },
      urgent: { numbers: () => ifUp(['0473912345']) },
      accounts: {
        keep: (wanted) => Promise.resolve(accounts.push(wanted.map(({ extension }) => extension))),
        forget: () => undefined,
      },
      phones: { find: () => Promise.resolve() },
      entries: {
        read: (family) =>
          Promise.resolve(new Map([...exchange].filter(([path]) => path.startsWith(`${family}/`)))),
        apply: ({ put, remove }) => {
          writes += put.length + remove.length;
          for (const [path, value] of put) exchange.set(path, value);
          for (const path of remove) exchange.delete(path);
          return Promise.resolve();
        },
      },
      membership: new Membership({
        store: { remembered: () => ifUp([]), remember: () => ifUp(undefined) },
        orders: { logIn: () => Promise.resolve('done'), logOut: () => Promise.resolve('done') },
        picture: () => picture,
        isCounsellor: () => true,
        onRestored: () => undefined,
        log: createLog('silent'),
      }),
      estimateWait: () => Promise.resolve(undefined),
      mayAct: () => ours,
      onReloaded: () => undefined,
      clock: () => now,
      log: createLog('silent'),
      ...parts,
    });
  }

  beforeEach(() => {
    exchange = new Map();
    writes = 0;
    accounts = [];
    databaseIsUp = true;
    ours = true;
    lines = [line];
    service = start();
  });

  it('tells a new exchange everything, and a second time nothing', async () => {
    await service.keepUp();
    assert.equal(exchange.get('hotline-did/0120386117'), '2');
    assert.equal(exchange.get('hotline-counsellor/101/lines'), '2');
    assert.match(exchange.get('hotline-salt/value') ?? '', /^[0-9a-f]{32}$/);
    assert.equal([...exchange.keys()].filter((path) => path.startsWith('hotline-urgent/')).length, 1);
    assert.deepEqual(accounts, [['101']]);
    writes = 0;
    await service.keepUp();
    assert.equal(writes, 0);
  });

  it('changes nothing while another process conducts the exchange', async () => {
    ours = false;
    await service.keepUp();
    assert.deepEqual([exchange.size, accounts], [0, []]);
  });

  it('takes nothing away because the database can’t be read', async () => {
    exchange.set('hotline-did/0120386117', '2').set('hotline-counsellor/101/lines', '2');
    databaseIsUp = false;
    await service.keepUp();
    assert.deepEqual([exchange.size, accounts], [2, []]);
  });

  it('goes on with what it knows when the database goes away later', async () => {
    await service.keepUp();
    exchange.clear();
    databaseIsUp = false;
    await service.keepUp();
    assert.equal(exchange.get('hotline-did/0120386117'), '2');
  });

  it('takes away what is no more', async () => {
    await service.keepUp();
    lines = [];
    await service.keepUp();
    assert.deepEqual(
      [...exchange.keys()].filter((path) => /^hotline-(line|did)/.test(path)),
      [],
    );
  });

  it('does the rest when one part fails', async () => {
    service = start({
      accounts: { keep: () => Promise.reject(new Error('no ARI')), forget: () => undefined },
    });
    await service.keepUp();
    assert.equal(exchange.get('hotline-counsellor/101/lines'), '2');
  });

  it('tells how long one waits, with the moment, while the line is open', async () => {
    const estimateWait = () => Promise.resolve(4);
    service = start({ estimateWait });
    await service.keepUp();
    assert.equal(exchange.get('hotline-line/2/wait'), `4|${now.getTime() / 1000}`);
    exchange.clear();
    service = start({ estimateWait, clock: () => new Date('2026-11-24T20:00:00+09:00') });
    await service.keepUp();
    assert.equal(exchange.get('hotline-line/2/wait'), undefined);
  });

  it('makes of many wishes during one run a single further one', async () => {
    const first = service.keepUp();
    for (let count = 0; count < 10; count++) void service.keepUp();
    await first;
    await service.stop();
    assert.ok(accounts.length <= 2);
  });
});
