import assert from 'node:assert/strict';
import type { PictureView } from '../../src/hotline/picture-view.js';
import { usualSettings } from '../../src/wallboard/wallboard-settings.js';
import { mailLink, viewWallboard, type WallboardFacts } from '../../src/wallboard/wallboard-view.js';

const now = new Date('2026-11-24T03:00:00Z');
const ago = (seconds: number): Date => new Date(now.getTime() - seconds * 1000);

const picture: PictureView = {
  asOf: now.toISOString(),
  heard: true,
  lines: [
    {
      lineId: 7,
      name: '相談',
      open: true,
      opensAt: null,
      waiting: [
        { callId: 'b', joinedAt: ago(30).toISOString(), position: 2, urgent: true },
        { callId: 'a', joinedAt: ago(130).toISOString(), position: 1, urgent: false },
      ],
    },
  ],
  counsellors: [
    {
      extension: '102',
      name: '秘密 花子',
      state: 'paused',
      since: ago(5).toISOString(),
      reason: '通院',
      lineIds: [7],
      callId: null,
    },
    {
      extension: '101',
      name: '秘密 太郎',
      state: 'talking',
      since: null,
      reason: '',
      lineIds: [7],
      callId: 'x',
    },
  ],
};

function facts(more: Partial<WallboardFacts> = {}): WallboardFacts {
  return {
    organization: { id: 1, name: '松戸市', timeZone: 'Asia/Tokyo' },
    settings: usualSettings,
    showsNames: false,
    day: { counted: [], lastCallAt: undefined, settledLately: 0, windowMinutes: 10, readAt: ago(1) },
    alerts: { open: [], readAt: ago(1) },
    calls: [
      {
        attemptId: 'call',
        state: 'talking',
        since: ago(4),
        key: { digit: '2', answer: 'unwell' },
        outcome: undefined,
        person: { name: '秘密 はな', kana: 'ひみつ　はな', memberNumber: 'A001' },
      },
    ],
    trunks: [{ id: 'pbx1', checkIns: 10, hotline: 4, cap: 20 }],
    picture,
    figures: {
      lines: new Map(),
      callBacksDueAt: [ago(60), new Date(now.getTime() + 60_000)],
      readAt: ago(1),
    },
    links: { list: [{ name: 'ari', ok: true, since: ago(100) }], readAt: ago(1) },
    ...more,
  };
}

describe('the view of a wallboard', () => {
  it('holds nobody’s name and no reason of a pause, unless names may be shown', () => {
    const hidden = JSON.stringify(viewWallboard(facts(), now));
    assert.doesNotMatch(hidden, /秘密|通院/);
    assert.match(hidden, /ひ・は/);
    const shown = JSON.stringify(viewWallboard(facts({ showsNames: true }), now));
    for (const word of ['秘密 はな', '秘密 花子', '通院']) assert.ok(shown.includes(word), word);
  });

  it('shows member numbers where the tenant wants these', () => {
    const settings = { ...usualSettings, standIn: 'memberNumbers' as const };
    assert.equal(viewWallboard(facts({ settings }), now).calls.calls[0]?.who, 'A001');
  });

  it('counts waiting from the one who has waited longest', () => {
    const { hotline, lights } = viewWallboard(facts(), now);
    assert.equal(hotline?.longestWaitSince, ago(130).toISOString());
    assert.deepEqual([hotline.waiting, hotline.waitingLight], [2, 'green']);
    assert.equal(hotline.longestWaitLight, 'red');
    assert.equal(lights.hotline, 'red');
    assert.deepEqual(hotline.callBacks, { open: 2, late: 1, light: 'red' });
  });

  it('is red for an open line with nobody there', () => {
    const alone = { ...picture, counsellors: picture.counsellors.slice(0, 1) };
    assert.equal(viewWallboard(facts({ picture: alone }), now).lights.counsellors, 'red');
    assert.equal(viewWallboard(facts(), now).lights.counsellors, 'green');
  });

  it('tells alerts by their age', () => {
    const open = [ago(60), ago(20 * 60), ago(30 * 60), ago(5 * 3600)].map((openedAt) => {
      return { reason: 'unwell', openedAt };
    });
    const { alerts } = viewWallboard(facts({ alerts: { open, readAt: now } }), now);
    assert.deepEqual(
      alerts?.byAge.map(({ count }) => count),
      [1, 2, 0, 1],
    );
    assert.deepEqual([alerts.oldestAt, alerts.oldestLight], [ago(5 * 3600).toISOString(), 'red']);
  });

  it('tells of a mail server only where one is set, and that it is down only when it takes nothing', () => {
    assert.deepEqual(mailLink({ configured: false }), []);
    const told = (kind: string) => mailLink({ configured: true, failing: { kind, since: ago(9) } });
    assert.deepEqual(told('down'), [{ name: 'mail', ok: false, since: ago(9) }]);
    for (const [link] of [mailLink({ configured: true }), told('later'), told('refused')])
      assert.equal(link?.ok, true);
  });

  it('says which sources are old, and which links are down', () => {
    const old = viewWallboard(
      facts({
        alerts: { open: [], readAt: ago(60) },
        picture: { ...picture, heard: false },
        links: { list: [{ name: 'ari', ok: false, since: ago(9) }], readAt: now },
      }),
      now,
    );
    assert.deepEqual(
      old.sources.filter(({ stale }) => stale).map(({ name }) => name),
      ['alerts', 'hotline'],
    );
    assert.equal(old.lights.links, 'red');
  });

  it('knows nothing of a hotline where there is none', () => {
    const view = viewWallboard(facts({ picture: { ...picture, lines: [], counsellors: [] } }), now);
    assert.equal(view.hotline, null);
    assert.deepEqual(
      view.sources.map(({ name }) => name),
      ['checkIns', 'alerts', 'links'],
    );
  });

  it('is whole before anything was read', () => {
    const nothing = {
      day: undefined,
      alerts: undefined,
      picture: undefined,
      figures: undefined,
      links: undefined,
    };
    const view = viewWallboard(facts({ ...nothing, calls: [], trunks: [] }), now);
    assert.deepEqual([view.progress, view.alerts, view.hotline], [null, null, null]);
    assert.ok(view.sources.every(({ stale }) => stale));
  });

  it('lists calls that go on before those that have ended', () => {
    const [call] = facts().calls;
    assert.ok(call);
    const ended = { ...call, attemptId: 'ended', state: 'ended' as const, outcome: 'ok' };
    const { calls } = viewWallboard(facts({ calls: [ended, call] }), now);
    assert.deepEqual([calls.going, calls.calls.map(({ attemptId }) => attemptId)], [1, ['call', 'ended']]);
  });
});
