import assert from 'node:assert/strict';
import { stationCallNext, type StationCallNow, type StationCallSight } from '../../src/desk/station-call.js';

const at = (seconds: number): Date => new Date(Date.UTC(2026, 10, 24, 0, 0, seconds));
const placed: StationCallNow = {
  ...{ state: 'callingDesk', placedAt: at(0), deskAnsweredAt: undefined, answeredAt: undefined },
};
const unseen: StationCallSight = { isLive: false, noted: undefined, record: undefined };
const noted = (answered?: Date, ended?: Date, status = ''): StationCallSight['noted'] => ({
  ...{ deskAnsweredAt: at(3), answeredAt: answered, endedAt: ended, status },
});

describe('a call by click', () => {
  const cases: [string, Partial<StationCallSight>, number, string | undefined][] = [
    ['is waited for while the order may be on its way', {}, 5, undefined],
    ['is unknown when it never came to the exchange', {}, 20, 'ended unknown'],
    ['rings at the station', { isLive: true }, 5, 'callingDesk -'],
    ['rings at the person', { isLive: true, noted: noted() }, 5, 'callingThem -'],
    ['is talked in', { isLive: true, noted: noted(at(6)) }, 9, 'talking -'],
    ['was talked in', { noted: noted(at(6), at(30), 'ANSWER') }, 31, 'ended answered'],
    ['was talked in, although the exchange died', { noted: noted(at(6)) }, 40, 'ended answered'],
    ['found the person busy', { noted: noted(undefined, at(5), 'BUSY') }, 6, 'ended busy'],
    ['found nobody', { noted: noted(undefined, at(50), 'NOANSWER') }, 51, 'ended noAnswer'],
    ['was given up here', { noted: noted(undefined, at(9), 'CANCEL') }, 10, 'ended deskHungUp'],
    ['did not get through', { noted: noted(undefined, at(9), 'CONGESTION') }, 10, 'ended failed'],
    ['was refused', { noted: noted(undefined, at(4), 'REFUSED') }, 10, 'ended notAllowed'],
    ['found the station busy', { record: { at: at(2), reason: 'busy' } }, 3, 'ended deskBusy'],
    ['found nobody at the station', { record: { at: at(40), reason: 'noAnswer' } }, 41, 'ended deskNoAnswer'],
    ['failed at once', { record: { at: at(1), reason: 'networkFault' } }, 2, 'ended failed'],
    [
      'has an end that nobody noted',
      { noted: noted(), record: { at: at(9), reason: 'normal' } },
      10,
      'ended unknown',
    ],
  ];
  for (const [what, seen, seconds, expected] of cases) {
    it(what, () => {
      const next = stationCallNext(placed, { ...unseen, ...seen }, at(seconds));
      assert.equal(next && `${next.state} ${next.outcome ?? '-'}`, expected);
    });
  }
});
