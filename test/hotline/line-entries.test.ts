import assert from 'node:assert/strict';
import { entriesOfCounsellors, ownedCounsellorPaths } from '../../src/hotline/counsellor-entries.js';
import type { Counsellor } from '../../src/hotline/counsellor.js';
import type { Line } from '../../src/hotline/line.js';
import {
  changesOfEntries,
  entriesOfLines,
  ownedLinePaths,
  weekEntry,
} from '../../src/hotline/line-entries.js';
import { printedWeek } from '../../src/hotline/opening-hours.js';
import { entriesOfUrgent, ownedUrgentPaths } from '../../src/hotline/urgent-entries.js';

const line: Line = {
  id: 7,
  organizationId: 1,
  slot: 3,
  name: '相談',
  shownNumber: '0473661111',
  numbers: ['0120386117', '0473662222'],
  timeZone: 'Asia/Tokyo',
  week: printedWeek,
  closedOnHolidays: true,
  closedAtYearEnd: true,
  closures: [{ fromOn: '2026-12-07', untilOn: '2026-12-08' }],
  recordsCalls: true,
  recordingDays: 90,
  maxWaitSeconds: 600,
  serviceLevelSeconds: 20,
  shortAbandonSeconds: 5,
};
const now = new Date('2026-11-24T09:00:00+09:00');
const holidays = new Set(['2026-11-23', '2027-01-01', '2027-01-11', '2028-01-10']);

const entries = (changed: Partial<Line> = {}) => entriesOfLines([{ ...line, ...changed }], holidays, now);
const closedDays = (changed: Partial<Line> = {}) =>
  [...entries(changed).keys()].flatMap((path) => /closed\/(\d+)$/.exec(path)?.[1] ?? []);

describe('what the exchange is told of a line', () => {
  it('is its week, Monday first', () => {
    const day = '1000-1600';
    assert.equal(entries().get('hotline-line/3/week'), [day, day, day, day, day, '', ''].join('|'));
    const broken = [
      { from: '09:00', until: '12:00' },
      { from: '13:00', until: '24:00' },
    ];
    assert.equal(weekEntry([broken, [], [], [], [], [], []]), '0900-1200,1300-2400||||||');
  });

  it('is each number that leads to it', () => {
    assert.deepEqual(
      [...entries()].filter(([path]) => path.startsWith('hotline-did/')),
      [
        ['hotline-did/0120386117', '3'],
        ['hotline-did/0473662222', '3'],
      ],
    );
  });

  it('is every closed day of the next 400, and how far that goes', () => {
    const turns = ['20261229', '20261230', '20261231', '20270101', '20270102', '20270103'];
    assert.deepEqual(closedDays(), ['20261207', '20261208', ...turns, '20270111', '20271229']);
    assert.equal(entries().get('hotline-line/3/until'), '20271229');
  });

  it('leaves out holidays and the turn of the year for a line that is open then', () => {
    assert.deepEqual(closedDays({ closedOnHolidays: false, closedAtYearEnd: false }), [
      '20261207',
      '20261208',
    ]);
  });

  it('counts the days by the calendar of the line', () => {
    const late = new Date('2026-11-24T16:00:00Z');
    const until = (timeZone: string) =>
      entriesOfLines([{ ...line, timeZone }], holidays, late).get('hotline-line/3/until');
    assert.deepEqual([until('Asia/Tokyo'), until('Europe/Berlin')], ['20271230', '20271229']);
  });

  it('says a word about recording only when there is none', () => {
    assert.equal(entries().get('hotline-line/3/recording'), undefined);
    assert.equal(entries({ recordsCalls: false }).get('hotline-line/3/recording'), 'no');
  });

  it('is how long somebody waits, and the number that is shown', () => {
    assert.equal(entries({ maxWaitSeconds: 300 }).get('hotline-line/3/max-wait'), '300');
    assert.equal(entries().get('hotline-line/3/number'), '0473661111');
  });
});

describe('what the exchange is told of counsellors', () => {
  const counsellor = (extension: string, lineIds: number[]): Counsellor => ({
    id: 1,
    organizationId: 1,
    name: '相談 花子',
    extension,
    outside: false,
    supervises: false,
    outgoingSecondsPerDay: 3600,
    lineIds,
  });

  it('is their slots in order, and their seconds of the day', () => {
    const lines = [line, { ...line, id: 8, slot: 1 }];
    assert.deepEqual(
      [...entriesOfCounsellors([counsellor('101', [7, 8]), counsellor('102', [])], lines)],
      [
        ['hotline-counsellor/101/lines', '1,3'],
        ['hotline-counsellor/101/cap', '3600'],
        ['hotline-counsellor/102/lines', ''],
        ['hotline-counsellor/102/cap', '3600'],
      ],
    );
  });

  it('has no name in it', () => {
    const told = JSON.stringify([...entriesOfCounsellors([counsellor('101', [7])], [line])]);
    assert.ok(!told.includes('花子'));
  });
});

describe('whose call goes first', () => {
  it('is told by a digest that only the number itself leads to', () => {
    // printf %s 00ff0473912345 | sha1sum
    assert.deepEqual(
      [...entriesOfUrgent(['0473912345'], '00ff')],
      [['hotline-urgent/28b0ea8596be48b8368cd8aaf0dd11e073f8a3f5', '10']],
    );
  });
});

describe('the steps to what should be there', () => {
  const wanted = entries();

  it('are none when it is so already', () => {
    assert.deepEqual(changesOfEntries(wanted, wanted, ownedLinePaths), { put: [], remove: [] });
  });

  it('are the differences, and no more', () => {
    const there = new Map([
      ...wanted,
      ['hotline-line/3/week', 'old'],
      ['hotline-line/3/closed/20261201', '1'],
    ]);
    assert.deepEqual(changesOfEntries(there, wanted, ownedLinePaths), {
      put: [['hotline-line/3/week', wanted.get('hotline-line/3/week')]],
      remove: ['hotline-line/3/closed/20261201'],
    });
  });

  it('tell how far the closed days are known after the days themselves', () => {
    const order = changesOfEntries(new Map(), wanted, ownedLinePaths).put.map(([path]) => path);
    const lastClosed = order.findLastIndex((path) => path.includes('/closed/'));
    assert.ok(lastClosed < order.indexOf('hotline-line/3/until'));
  });

  for (const [path, owned, isOwned] of [
    ['hotline-line/3/greeting', ownedLinePaths, false],
    ['hotline-line/3/menu/1', ownedLinePaths, false],
    ['hotline-line/3/wait', ownedLinePaths, false],
    ['hotline-line/9/until', ownedLinePaths, true],
    ['hotline-did/0120000000', ownedLinePaths, true],
    ['hotline-counsellor/101/cap', ownedCounsellorPaths, true],
    ['hotline-urgent/' + '0'.repeat(40), ownedUrgentPaths, true],
  ] as const) {
    it(`${isOwned ? 'remove' : 'leave'} ${path} that nobody wants`, () => {
      const { remove } = changesOfEntries(new Map([[path, '1']]), new Map(), owned);
      assert.deepEqual(remove, isOwned ? [path] : []);
    });
  }
});
