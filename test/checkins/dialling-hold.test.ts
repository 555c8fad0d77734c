import assert from 'node:assert/strict';
import type { AlertStore } from '../../src/alerts/alert-store.js';
import { DiallingHold } from '../../src/checkins/dialling-hold.js';
import type { Hold, HoldReason, HoldStore } from '../../src/checkins/hold-store.js';
import { createLog } from '../../src/log.js';

const now = new Date('2026-11-24T09:30:00+09:00');
const holdOf = (reason: HoldReason): Hold => ({
  ...{ id: 1, reason, detail: '', unknownSince: undefined, openedAt: now, releasedAt: undefined },
});

describe('what is known of the holds', () => {
  let open: Hold[];
  let away: boolean;
  let reads: number;
  let told: string[];
  let alertsAway: boolean;
  let logged: string[];
  let hold: DiallingHold;
  beforeEach(() => {
    [open, away, reads, told, alertsAway, logged] = [[holdOf('restored')], false, 0, [], false, []];
    const store = {
      findOpen: () => {
        reads++;
        return away ? Promise.reject(new Error('away')) : Promise.resolve(open);
      },
    } as unknown as HoldStore;
    const tell = (what: string): Promise<boolean> => {
      if (alertsAway) return Promise.reject(new Error('away'));
      told.push(what);
      return Promise.resolve(true);
    };
    const alerts = {
      tellOperator: (_reason: string, _key: string, detail: string) => tell(detail),
      endOperatorAlert: () => tell('ended'),
    } as unknown as AlertStore;
    const log = createLog('info', {
      write: (line) => void logged.push((JSON.parse(line) as { event: string }).event),
    });
    hold = new DiallingHold({ store, alerts, clock: () => now, log });
  });

  it('holds at once, and tells the operator as soon as that can be written', async () => {
    alertsAway = true;
    await hold.look();
    assert.deepEqual([hold.isHeld(), told], [true, []]);
    alertsAway = false;
    await hold.look();
    await hold.look();
    assert.deepEqual(told, ['restored']);
  });

  it('tells of one hold in another’s place', async () => {
    await hold.look();
    open = [holdOf('clockSkew')];
    await hold.look();
    assert.deepEqual(told, ['restored', 'clockSkew']);
  });

  it('stays as it was while the database is away, and says so once', async () => {
    await hold.look();
    away = true;
    for (let second = 0; second < 5; second++) await hold.look();
    assert.equal(hold.isHeld(), true);
    away = false;
    open = [];
    await hold.look();
    assert.equal(hold.isHeld(), false);
    assert.deepEqual(logged, ['dialling.held', 'dialling.hold_unknown', 'dialling.released']);
  });

  it('is read once at a time, however slow the database is', async () => {
    await Promise.all([hold.look(), hold.look(), hold.look()]);
    assert.equal(reads, 1);
  });
});
