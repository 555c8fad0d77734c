import assert from 'node:assert/strict';
import type { Server } from 'node:http';
import express from 'express';
import type { StoredCall } from '../../src/hotline/call-list-store.js';
import type { HotlineTask, TaskAnswer } from '../../src/hotline/hotline-task.js';
import type { KpiLine } from '../../src/hotline/kpi-store.js';
import type { Kpi } from '../../src/hotline/kpis.js';
import { answerError } from '../../src/http/api-error.js';
import { hotlineCallsRoutes } from '../../src/http/hotline-calls-router.js';
import { hotlineTasksRoutes } from '../../src/http/hotline-tasks-router.js';
import type { Route } from '../../src/http/route.js';
import { Gate } from '../../src/http/session.js';
import { SessionCookie } from '../../src/http/session-cookie.js';
import type { SignedIn } from '../../src/users/sessions.js';
import { createLog } from '../../src/log.js';
import { someTask } from '../support/hotline-facts.js';
import { jst } from '../support/queue-log-text.js';

const token = 'a-token-for-these-tests';
const now = jst('12:00:00');
const clock = (): Date => now;
const line: KpiLine = {
  id: 7,
  name: '相談',
  timeZone: 'Asia/Tokyo',
  serviceLevelSeconds: 20,
  shortAbandonSeconds: 5,
};
const task = someTask(now, { id: 3, lineId: 7, callId: '1.1', number: '09012345678' });

const supervisor = {
  user: { id: 1, role: 'supervisor', organizationId: 1, stationIds: [], counsellorId: 5 },
  session: { id: 1, stage: 'full' },
} as unknown as SignedIn;
const places = {
  ofLine: (id: number) => Promise.resolve(id === 7 ? { organizationId: 1 } : undefined),
  ofTask: () => Promise.resolve({ organizationId: 1 }),
  extensionOf: () => Promise.resolve(undefined),
};

describe('the HTTP side of the hotline', () => {
  const servers: Server[] = [];
  afterEach(() => servers.splice(0).forEach((server) => server.close()));

  /** Serves one router; gives what asks it and reads the answer. */
  async function serve(routes: readonly Route[], person?: SignedIn) {
    const app = express();
    const silent = createLog('silent');
    const gate = new Gate({
      sessions: { find: () => Promise.resolve(person) },
      accessLog: { add: () => Promise.resolve() },
      cookie: new SessionCookie({ https: false }),
      apiToken: token,
      baseUrl: undefined,
      clock,
      log: silent,
    });
    app.set('query parser', 'simple');
    app.use('/api', gate.router(routes), answerError(silent));
    const server = app.listen(0, '127.0.0.1');
    servers.push(server);
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    return async (path: string, body?: unknown): Promise<{ status: number; body: unknown }> => {
      const headers = {
        'content-type': 'application/json',
        ...(person ? { cookie: `genkidesu=${'x'.repeat(43)}` } : { authorization: `Bearer ${token}` }),
      };
      const init = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
      const answer = await fetch(`http://127.0.0.1:${port}/api${path}`, init);
      return { status: answer.status, body: await answer.json() };
    };
  }
  const codeOf = ({ status, body }: { status: number; body: unknown }): [number, string] => [
    status,
    (body as { error: { code: string } }).error.code,
  ];

  describe('tells figures', () => {
    const windows: [Date, Date][] = [];
    const ask = () =>
      serve(
        hotlineCallsRoutes({
          clock,
          places,
          calls: { arrivedBetween: () => Promise.resolve([]) },
          kpis: {
            line: (id) => Promise.resolve(id === 7 ? line : undefined),
            facts: (_line, from, until) => {
              windows.push([from, until]);
              const settings = { serviceLevelSeconds: 20, shortAbandonSeconds: 5, wrapUpSeconds: 0 };
              return Promise.resolve({ calls: [], presences: [], from, until, ...settings });
            },
          },
        }),
      );

    for (const [query, from] of [
      ['', jst('11:30:00')],
      ['?window=15', jst('11:45:00')],
      ['?window=30', jst('11:30:00')],
      ['?window=day', jst('00:00:00')],
    ] as const) {
      it(`of the window that is wanted: ${query || 'the usual one'}`, async () => {
        windows.length = 0;
        const { status, body } = await (await ask())(`/hotline/lines/7/kpis${query}`);
        assert.equal(status, 200);
        assert.deepEqual(windows, [[from, now]]);
        const { figures } = body as { figures: Record<string, Kpi> };
        assert.deepEqual(figures.offered, {
          label: '着信',
          value: 0,
          unit: 'calls',
          formula: '期間内にかかってきた電話の数（受付時間外を除く）',
        });
      });
    }

    it('of no other window, and of no line that is not there', async () => {
      const get = await ask();
      assert.deepEqual(codeOf(await get('/hotline/lines/7/kpis?window=60')), [400, 'badParameter']);
      assert.deepEqual(codeOf(await get('/hotline/lines/8/kpis')), [404, 'noSuchLine']);
    });
  });

  describe('lists calls', () => {
    const from = encodeURIComponent('2026-11-24T09:00:00+09:00');
    const to = encodeURIComponent('2026-11-25T09:00:00+09:00');
    const asked: unknown[] = [];
    const ask = (found = 1) =>
      serve(
        hotlineCallsRoutes({
          clock,
          places,
          kpis: { line: () => Promise.resolve(undefined), facts: () => Promise.reject(new Error()) },
          calls: {
            arrivedBetween: (wanted) => {
              asked.push(wanted);
              return Promise.resolve(Array.from({ length: found }, (_none, id) => ({ id }) as StoredCall));
            },
          },
        }),
        supervisor,
      );

    it('of a span, of one line or all, and says when there are more', async () => {
      asked.length = 0;
      const answer = await (await ask())(`/hotline/calls?from=${from}&to=${to}&line=7`);
      assert.deepEqual(answer, { status: 200, body: { calls: [{ id: 0 }], isComplete: true } });
      const until = new Date(jst('09:00:00').getTime() + 86_400_000);
      assert.deepEqual(asked, [{ from: jst('09:00:00'), until, lineId: 7, limit: 1001, organizationId: 1 }]);
      const { body } = await (await ask(1001))(`/hotline/calls?from=${from}&to=${to}`);
      const { calls, isComplete } = body as { calls: unknown[]; isComplete: boolean };
      assert.deepEqual([calls.length, isComplete], [1000, false]);
    });

    for (const query of [
      '',
      `?from=${from}`,
      `?from=${to}&to=${from}`,
      `?from=${from}&to=2026-11-25`,
      `?from=${from}&to=${encodeURIComponent('2027-11-24T09:00:00+09:00')}`,
      `?from=${from}&to=${to}&line=x`,
    ]) {
      it(`of no span such as ${query || 'none'}`, async () => {
        assert.deepEqual(codeOf(await (await ask())(`/hotline/calls${query}`)), [400, 'badParameter']);
      });
    }
  });

  describe('has tasks', () => {
    const changed = { kind: 'changed', task } as const;
    const refused = (why: Extract<TaskAnswer, { kind: 'refused' }>['why']): TaskAnswer => ({
      kind: 'refused',
      why,
    });
    const asked: unknown[] = [];
    let changes = 0;
    const ask = (answer: TaskAnswer = changed) => {
      asked.length = 0;
      changes = 0;
      const work =
        (name: string) =>
        (...given: unknown[]): Promise<TaskAnswer> => {
          asked.push([name, ...given]);
          return Promise.resolve(answer);
        };
      return serve(
        hotlineTasksRoutes({
          clock,
          places,
          onTaskChanged: () => changes++,
          tasks: {
            unsettled: (organization) => Promise.resolve(organization === 1 ? [task] : []),
            counsellorAt: (extension) => Promise.resolve(extension === '201' ? 5 : undefined),
            take: work('take'),
            giveBack: work('giveBack'),
            done: work('done'),
            failed: work('failed'),
            reopen: work('reopen'),
          },
        }),
      );
    };

    it('of an organization', async () => {
      const get = await ask();
      const { body } = await get('/hotline/tasks?organization=1');
      assert.deepEqual(body, JSON.parse(JSON.stringify([task])));
      assert.deepEqual(codeOf(await get('/hotline/tasks?organization=x')), [400, 'badParameter']);
    });

    for (const [step, rest] of [
      ['take', []],
      ['giveBack', []],
      ['done', ['済み', now]],
      ['failed', ['済み', now]],
      ['reopen', []],
    ] as const) {
      it(`that a counsellor moves on: ${step}`, async () => {
        const post = await ask();
        const answer = await post(`/hotline/tasks/3/${step}`, { extension: '201', note: '済み' });
        assert.deepEqual([answer.status, (answer.body as HotlineTask).id, changes], [200, 3, 1]);
        assert.deepEqual(asked, [[step, 3, 5, ...rest]]);
      });
    }

    for (const [why, status] of [
      ['takenByAnother', 409],
      ['notTaken', 409],
      ['settled', 409],
      ['notSettled', 409],
      ['noSuchTask', 404],
      ['noSuchCounsellor', 404],
    ] as const) {
      it(`and says ${why} with ${status}`, async () => {
        const post = await ask(refused(why));
        assert.deepEqual(codeOf(await post('/hotline/tasks/3/take', { extension: '201' })), [status, why]);
        assert.equal(changes, 0);
      });
    }

    it('that no stranger moves on, and nobody without saying who they are', async () => {
      const post = await ask();
      for (const [body, code] of [
        [{ extension: '999' }, [404, 'noSuchCounsellor']],
        [{}, [400, 'badParameter']],
        [{ extension: 201 }, [400, 'badParameter']],
        [{ extension: '201', note: 'x'.repeat(2001) }, [400, 'badParameter']],
        [{ extension: '201', note: 'x'.repeat(20_000) }, [413, 'badRequest']],
      ] as const) {
        assert.deepEqual(codeOf(await post('/hotline/tasks/3/done', body)), code);
      }
      assert.deepEqual(asked, []);
    });
  });
});
