import assert from 'node:assert/strict';
import { createLog } from '../../src/log.js';
import type { Organization } from '../../src/organizations/organization-store.js';
import { until } from '../../src/testbed/until.js';
import type { WallboardSources } from '../../src/wallboard/board.js';
import { LiveCalls } from '../../src/wallboard/live-calls.js';
import { WallboardFeed, type Watched } from '../../src/wallboard/wallboard-feed.js';
import { usualSettings } from '../../src/wallboard/wallboard-settings.js';
import type { WallboardView } from '../../src/wallboard/wallboard-view.js';

const organization = {
  id: 1,
  name: '松戸市',
  timeZone: 'Asia/Tokyo',
  keyMap: new Map(),
} as unknown as Organization;
const someone = { name: '試験 花子', kana: 'しけん　はなこ', memberNumber: 'A1' };

describe('the feed of wallboards', () => {
  let watched: Watched[];
  let sent: { to: Watched; view: WallboardView; at: number }[];
  let readings: number;
  let feed: WallboardFeed;
  let calls: LiveCalls;

  function open(sources: Partial<WallboardSources> = {}): void {
    const clock = () => new Date();
    watched = [];
    sent = [];
    readings = 0;
    calls = new LiveCalls({ clock, onChange: (id) => feed.callChanged(id) });
    feed = new WallboardFeed({
      sources: {
        organization: (id) => (id === 1 ? organization : undefined),
        settings: () => Promise.resolve(usualSettings),
        day: () => {
          readings++;
          return Promise.resolve({
            counted: [{ state: 'ok', overdue: false, count: 3 }],
            lastCallAt: undefined,
            settledLately: 0,
            windowMinutes: 10,
            readAt: clock(),
          });
        },
        alerts: () => Promise.resolve({ open: [], readAt: clock() }),
        figures: () => Promise.resolve({ lines: new Map(), callBacksDueAt: [], readAt: clock() }),
        links: () => Promise.resolve({ list: [], readAt: clock() }),
        people: (ids) =>
          Promise.resolve(new Map(ids.map((id) => [id, { organizationId: 1, person: someone }]))),
        picture: () => undefined,
        trunks: () => [],
        calls,
        ...sources,
      },
      watched: () => watched,
      send: (to, view) => sent.push({ to, view, at: performance.now() }),
      clock,
      log: createLog('silent'),
    });
    feed.start();
  }
  afterEach(() => feed.stop());

  async function look(showsNames = false): Promise<WallboardView | undefined> {
    const one = { organizationId: 1, showsNames };
    watched.push(one);
    return feed.first(one);
  }

  it('gives a new screen the whole board', async () => {
    open();
    assert.equal((await look())?.progress?.well, 3);
    assert.equal(await feed.first({ organizationId: 2, showsNames: false }), undefined);
  });

  it('reads nothing while nobody looks', async () => {
    open();
    feed.changed();
    const began = performance.now();
    await until(() => performance.now() - began > 1200, { what: 'a beat is over', timeoutMs: 3000 });
    assert.deepEqual([readings, sent.length], [0, 0]);
  });

  it('sends the first change at once, and not more than four a second after it', async () => {
    open();
    await look();
    const began = performance.now();
    feed.changed(1);
    assert.equal(sent.length, 1);
    const timer = setInterval(() => feed.changed(1), 5);
    await until(() => sent.length >= 9, { what: 'eight more', timeoutMs: 4500 }).finally(() =>
      clearInterval(timer),
    );
    // Each from the beginning: a board is noted a little after its time, so that the next one may seem too soon.
    for (const [index, { at }] of sent.entries())
      assert.ok(at - began > index * 245, `${index} more after ${at - began} ms`);
  });

  it('goes on once a second when nothing changes', async () => {
    open();
    await look();
    await until(() => sent.length >= 2, { what: 'two beats', timeoutMs: 4000 });
    assert.ok((sent[1]?.at ?? 0) - (sent[0]?.at ?? 0) > 700);
  });

  it('shows a call with its key as soon as it is pressed, by name only to those who may', async () => {
    open();
    await look(false);
    await look(true);
    const call = { attemptId: 'x', checkinId: 5, subscriberId: 6 };
    calls.watch({ ...call, what: 'dialling' });
    calls.watch({ ...call, what: 'talking' });
    calls.watch({ ...call, what: 'key', detail: '1' });
    const shownTo = (showsNames: boolean) =>
      sent.filter(({ to }) => to.showsNames === showsNames).at(-1)?.view.calls.calls[0];
    await until(() => shownTo(true)?.key?.digit === '1' && shownTo(false)?.key?.digit === '1', {
      what: 'both see the key',
      timeoutMs: 2000,
    });
    assert.deepEqual([shownTo(true)?.who, shownTo(false)?.who], ['試験 花子', 'し・は']);
    assert.equal(shownTo(true)?.state, 'talking');
  });

  it('looks up those who are called together, and troubles no other board for them', async () => {
    const asked: number[][] = [];
    const other = { ...organization, id: 2 };
    open({
      organization: (id) => (id === 1 ? organization : other),
      people: (ids) => {
        asked.push([...ids]);
        return Promise.resolve(new Map(ids.map((id) => [id, { organizationId: 1, person: someone }])));
      },
    });
    await look();
    await feed.first({ organizationId: 2, showsNames: false });
    watched.push({ organizationId: 2, showsNames: false });
    for (let id = 1; id <= 40; id++) {
      calls.watch({ attemptId: `x${id}`, checkinId: id, subscriberId: id, what: 'dialling' });
    }
    const shown = () => sent.filter(({ to }) => to.organizationId === 1).at(-1)?.view.calls.going;
    await until(() => shown() === 40, { what: 'all are shown', timeoutMs: 2000 });
    assert.ok(asked.length <= 2, `${asked.length} looks`);
    assert.deepEqual(new Set(asked.flat()), new Set(Array.from({ length: 40 }, (_none, index) => index + 1)));
    // A beat's boards go out to both; changes to the one alone.
    assert.ok(sent.filter(({ to }) => to.organizationId === 2).length <= 1);
  });

  it('keeps what was read last when a source fails', async () => {
    let fails = false;
    open({
      alerts: () =>
        fails
          ? Promise.reject(new Error('no database'))
          : Promise.resolve({ open: [{ reason: 'unwell', openedAt: new Date() }], readAt: new Date() }),
    });
    assert.equal((await look())?.alerts?.open, 1);
    fails = true;
    await until(() => sent.length >= 2, { what: 'two beats', timeoutMs: 4000 });
    assert.equal(sent.at(-1)?.view.alerts?.open, 1);
  });
});
