import assert from 'node:assert/strict';
import { Registry } from 'prom-client';
import type { Health } from '../../src/http/health.js';
import type { KpiFacts } from '../../src/hotline/kpis.js';
import type { PictureView } from '../../src/hotline/picture-view.js';
import { upOrDown } from '../../src/service-health.js';
import { addGauge, remembered } from '../../src/watch/gauge.js';
import { hotlineMetrics } from '../../src/watch/hotline-metrics.js';
import { serviceMetrics } from '../../src/watch/service-metrics.js';

const now = new Date('2026-11-24T03:00:00Z');
const secondsAgo = (seconds: number): Date => new Date(now.getTime() - seconds * 1000);

const picture: PictureView = {
  asOf: now.toISOString(),
  heard: true,
  lines: [
    {
      lineId: 1,
      name: '住まいの相談',
      open: true,
      opensAt: null,
      waiting: [
        { callId: 'a.1', joinedAt: secondsAgo(75).toISOString(), position: 1, urgent: false },
        { callId: 'a.2', joinedAt: secondsAgo(5).toISOString(), position: 2, urgent: false },
      ],
    },
    { lineId: 2, name: '福祉の相談', open: false, opensAt: null, waiting: [] },
  ],
  counsellors: (['free', 'talking', 'paused', 'away', 'unreachable', 'wrapUp'] as const).map(
    (state, index) => ({
      extension: String(101 + index),
      name: '秘密 相談',
      state,
      since: null,
      reason: '',
      lineIds: [1],
      callId: null,
    }),
  ),
};

/** Calls of a day: one that was answered after so long, and one who gave up. */
function factsOf(waitSeconds: number): KpiFacts {
  const call = {
    direction: 'incoming' as const,
    leftMessage: false,
    arrivedAt: secondsAgo(600),
    joinedAt: secondsAgo(590),
  };
  const answeredAt = secondsAgo(590 - waitSeconds);
  return {
    calls: [
      { ...call, result: 'answered', leftQueueAt: answeredAt, answeredAt, endedAt: secondsAgo(100) },
      {
        ...call,
        result: 'abandoned',
        leftQueueAt: secondsAgo(500),
        answeredAt: undefined,
        endedAt: secondsAgo(500),
      },
    ],
    presences: [],
    from: secondsAgo(3600),
    until: now,
    serviceLevelSeconds: 20,
    shortAbandonSeconds: 5,
    wrapUpSeconds: 0,
  };
}

async function figures(registry: Registry): Promise<Record<string, number>> {
  const lines = (await registry.metrics()).split('\n').filter((line) => line.startsWith('genkidesu_'));
  return Object.fromEntries(
    lines.map((line) => {
      const [name = '', value = ''] = line.slice('genkidesu_'.length).split(/ (?=[^ ]+$)/);
      return [name, Number(value)];
    }),
  );
}

describe('the figures of the hotline', () => {
  function registryOf(view: PictureView | undefined): Registry {
    const registry = new Registry();
    hotlineMetrics({
      organizationIds: () => [7],
      picture: () => view,
      facts: () =>
        Promise.resolve([
          { organizationId: 7, facts: factsOf(10) },
          { organizationId: 7, facts: factsOf(30) },
        ]),
      now: () => now,
    })(registry);
    return registry;
  }
  const ofTheDay = {
    'hotline_offered_today{organization="7"}': 4,
    'hotline_answered_today{organization="7"}': 2,
    'hotline_abandoned_today{organization="7"}': 2,
    'hotline_overflow_today{organization="7"}': 0,
    'hotline_answer_lag_seconds{organization="7"}': 20,
  };

  it('tell who waits, how long, and who can answer, and name nobody', async () => {
    const registry = registryOf(picture);
    assert.deepEqual(await figures(registry), {
      'hotline_waiting{organization="7"}': 2,
      'hotline_longest_wait_seconds{organization="7"}': 75,
      'hotline_open_lines{organization="7"}': 1,
      'hotline_counsellors_ready{organization="7"}': 3,
      ...ofTheDay,
    });
    assert.doesNotMatch(await registry.metrics(), /秘密|相談|101/);
  });

  it('tell nothing of this moment while the exchange is not heard, or the tenant has no line', async () => {
    assert.deepEqual(await figures(registryOf({ ...picture, heard: false })), ofTheDay);
    assert.deepEqual(await figures(registryOf({ ...picture, lines: [] })), ofTheDay);
    assert.deepEqual(await figures(registryOf(undefined)), ofTheDay);
  });
});

describe('the figures of the service', () => {
  const health: Health = {
    ready: true,
    holds: [],
    links: {
      database: { ok: true, latencyMs: 4 },
      ari: { ok: true },
      ami: { ok: false },
      queues: { ok: true },
      lease: { ok: true },
      trunk: { ok: true },
      registration: { ok: false },
      results: { waiting: 3 },
    },
    mail: { configured: true, failing: { kind: 'down', since: now }, oldestWaitingAt: secondsAgo(90) },
  };

  it('tell lines, queues, disks, ages and what is watched', async () => {
    const registry = new Registry();
    serviceMetrics({
      health: () => Promise.resolve(health),
      states: () => [
        { code: 'clock', what: '時計', state: 'bad', said: '', mend: '', since: now },
        { code: 'schema', what: '形', state: 'good', said: '', mend: '', since: now },
      ],
      trunks: () => [{ id: 'pbx1', checkIns: 2, hotline: 1, cap: 8 }],
      taskProcessorDepth: () => 12,
      liveSockets: () => 5,
      freeRoom: () => Promise.resolve([{ name: 'data', bytes: 1000 }]),
      sweptAt: () => secondsAgo(4),
      holds: () => ['clockSkew'],
      version: '1.2.3',
      now: () => now,
    })(registry);
    assert.deepEqual(await figures(registry), {
      [`build_info{version="1.2.3",node="${process.versions.node}"}`]: 1,
      database_latency_seconds: 0.004,
      mails_oldest_wait_seconds: 90,
      'trunk_channels_in_use{trunk="pbx1",use="check_in"}': 2,
      'trunk_channels_in_use{trunk="pbx1",use="hotline"}': 1,
      'trunk_channels_limit{trunk="pbx1"}': 8,
      task_processor_depth: 12,
      live_sockets: 5,
      'disk_free_bytes{disk="data"}': 1000,
      deadline_sweep_age_seconds: 4,
      'dialling_held{reason="clockSkew"}': 1,
      'check_state{check="clock"}': 2,
      'check_state{check="schema"}': 0,
    });
    assert.match(await registry.metrics(), /^process_resident_memory_bytes \d+/m);
  });

  it('tell each link up or down, the mail server only where there is one', () => {
    const up = {
      database: true,
      ari: true,
      ami: false,
      queues: true,
      lease: true,
      trunk: true,
      registration: false,
    };
    assert.deepEqual(upOrDown(health), { ...up, mail: false });
    assert.deepEqual(upOrDown({ ...health, mail: { configured: false } }), up);
  });

  it('are left out when they cannot be had, and hold no other one up', async () => {
    const registry = new Registry();
    const values: (() => Promise<{ value: number }[]>)[] = [() => Promise.resolve([{ value: 1 }])];
    addGauge(registry, { name: 'one', help: 'x' }, () => (values[0] ?? values[1])?.() ?? []);
    addGauge(registry, { name: 'other', help: 'x' }, () => [{ value: 2 }]);
    assert.deepEqual(await figures(registry), { one: 1, other: 2 });
    values[0] = () => Promise.reject(new Error('away'));
    assert.deepEqual(await figures(registry), { other: 2 });
    values[0] = () => new Promise(() => undefined);
    assert.deepEqual(await figures(registry), { other: 2 });
  }).timeout(10_000);

  it('ask the database once for many readers, and again after a fault', async () => {
    let asked = 0;
    let isAway = false;
    const read = remembered(60_000, () => {
      asked++;
      return isAway ? Promise.reject(new Error('away')) : Promise.resolve(asked);
    });
    assert.deepEqual(await Promise.all([read(), read(), read()]), [1, 1, 1]);
    const failing = remembered(60_000, () => {
      asked++;
      return isAway ? Promise.reject(new Error('away')) : Promise.resolve(asked);
    });
    isAway = true;
    await assert.rejects(failing());
    isAway = false;
    assert.equal(await failing(), 3);
  });
});
