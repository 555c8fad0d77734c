import assert from 'node:assert/strict';
import { openingHours } from '../../src/hotline/opening-hours.js';
import { viewPicture } from '../../src/hotline/picture-view.js';
import type { MemberFacts } from '../../src/hotline/queue-event.js';
import { fromSnapshot, nothingKnown } from '../../src/hotline/queue-picture.js';
import { someCounsellor, someLine, someMember } from '../support/hotline-facts.js';

const at = (time: string) => new Date(`2026-11-24T${time}+09:00`);
const noon = at('12:00:00');

const line = (id: number, slot: number, organizationId = 1) => someLine({ id, slot, organizationId });
const counsellor = (extension: string, organizationId = 1) => someCounsellor(extension, { organizationId });
const member = (extension: string, slot: number, changed: Partial<MemberFacts> = {}) =>
  someMember(extension, { slot, loggedInAt: at('09:00:00'), ...changed });
const lines = [line(11, 1), line(12, 2), line(13, 3, 2)].map((one) => ({
  line: one,
  hours: openingHours({ ...one, holidays: new Set<string>() }),
}));
const waits = (callId: string, slot: number, position: number, priority: number, waitedSeconds: number) => ({
  callId,
  slot,
  channel: callId,
  position,
  priority,
  waitedSeconds,
});

function view(members: MemberFacts[], now = noon, organizationId = 1) {
  const waiting = [waits('b', 1, 2, 0, 5), waits('a', 1, 1, 10, 3), waits('c', 3, 1, 0, 9)];
  const picture = fromSnapshot(nothingKnown, { waiting, members }, noon);
  const counsellors = [counsellor('101'), counsellor('102'), counsellor('201', 2)];
  return viewPicture({ picture, lines, counsellors, wrapUpSeconds: 20 }, organizationId, now);
}
const state = (changed: Partial<MemberFacts>, now = noon) => {
  const { counsellors } = view([member('101', 1, changed)], now);
  return [counsellors[0]?.state, counsellors[0]?.since];
};

describe('what is seen of the queues', () => {
  it('is one’s own lines and counsellors, and nobody else’s', () => {
    const { lines: seen, counsellors } = view([]);
    assert.deepEqual(
      [seen.map(({ lineId }) => lineId), counsellors.map(({ extension }) => extension)],
      [
        [11, 12],
        ['101', '102'],
      ],
    );
    assert.deepEqual(
      view([], noon, 2).lines.map(({ waiting }) => waiting.map(({ callId }) => callId)),
      [['c']],
    );
  });

  it('has those who wait in their order, since when, and who is urgent', () => {
    assert.deepEqual(view([]).lines[0]?.waiting, [
      { callId: 'a', joinedAt: at('11:59:57').toISOString(), position: 1, urgent: true },
      { callId: 'b', joinedAt: at('11:59:55').toISOString(), position: 2, urgent: false },
    ]);
  });

  it('tells when a closed line opens', () => {
    assert.deepEqual([view([]).lines[0]?.open, view([]).lines[0]?.opensAt], [true, null]);
    const evening = view([], at('18:00:00')).lines[0];
    assert.deepEqual([evening?.open, evening?.opensAt], [false, '2026-11-25T01:00:00.000Z']);
  });

  it('has a counsellor who is logged in nowhere as away', () => {
    assert.deepEqual(view([]).counsellors[0], {
      extension: '101',
      name: '相談員101',
      state: 'away',
      since: null,
      reason: '',
      lineIds: [],
      callId: null,
    });
  });

  it('tells the lines that somebody is logged in to, and why they pause', () => {
    const paused = { paused: true, pauseReason: '昼休み', lastPauseAt: at('11:50:00') };
    const [seen] = view([member('101', 1, paused), member('101', 2, paused)]).counsellors;
    assert.deepEqual(
      [seen?.lineIds, seen?.state, seen?.reason, seen?.since],
      [[11, 12], 'paused', '昼休み', at('11:50:00').toISOString()],
    );
  });

  for (const [what, ended, now, expected] of [
    ['still writes up after a talk', '11:59:50', '12:00:09', ['wrapUp', at('11:59:50').toISOString()]],
    ['is free when that time is over', '11:59:50', '12:00:10', ['free', at('12:00:10').toISOString()]],
    [
      'is free since they came when they talked to nobody',
      undefined,
      '12:00:00',
      ['free', at('09:00:00').toISOString()],
    ],
  ] as const) {
    it(`shows that somebody ${what}`, () => {
      assert.deepEqual(state({ lastCallEndedAt: ended ? at(ended) : undefined }, at(now)), expected);
    });
  }

  it('takes a counsellor’s own time to write up before the queue’s', () => {
    const facts = { lastCallEndedAt: at('11:59:50'), wrapUpSeconds: 5 };
    assert.equal(state(facts, at('11:59:56'))[0], 'free');
  });

  it('shows no writing up while somebody talks or pauses', () => {
    const lastCallEndedAt = at('11:59:59');
    assert.equal(state({ lastCallEndedAt, phone: 'busy' })[0], 'talking');
    assert.equal(state({ lastCallEndedAt, paused: true })[0], 'paused');
  });
});
