import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TaskProcessorWatch } from './asterisk/ami/task-processors.js';
import { EndedCallStore } from './checkins/ended-call-store.js';
import type { ClaimStore } from './checkins/claim-store.js';
import { countToday } from './checkins/count-today.js';
import type { Deadline } from './checkins/deadline.js';
import type { Dialler } from './checkins/dialler.js';
import type { LedgerStore } from './checkins/ledger-store.js';
import { boundsOfDay, localDate } from './checkins/local-day.js';
import type { ResultKeeper } from './checkins/result-keeper.js';
import type { Clock } from './clock.js';
import type { Config } from './config.js';
import { certificateChecks } from './doctor/certificate-check.js';
import type { Check } from './doctor/check.js';
import { clockCheck } from './doctor/clock-check.js';
import { openDatabaseCheck } from './doctor/database-check.js';
import { keyFileCheck } from './doctor/key-file-check.js';
import { diskChecks, freeRoom } from './doctor/machine-checks.js';
import { personalDataCheck } from './doctor/personal-data-check.js';
import type { HotlineApp } from './hotline-app.js';
import { callsInQueues } from './hotline/queue-picture.js';
import { healthRoutes } from './http/health-router.js';
import { createMetrics, type Metrics, type MetricSources } from './http/metrics.js';
import type { Route } from './http/route.js';
import type { Logger } from './log.js';
import type { Organization } from './organizations/organization-store.js';
import { projectRoot } from './project-root.js';
import { upOrDown, type ServiceHealth } from './service-health.js';
import { BeatStore } from './storage/beat-store.js';
import type { Database } from './storage/database.js';
import { databaseTime } from './storage/database-clock-store.js';
import { appliedMigrations } from './storage/schema-store.js';
import type { UsersModule } from './users/users-module.js';
import { Heartbeat } from './watch/heartbeat.js';
import type { HeartbeatStanding } from './watch/heartbeat-rule.js';
import { hotlineMetrics } from './watch/hotline-metrics.js';
import { judgeHeartbeat, judgeHolds, judgeLinks } from './watch/link-findings.js';
import { promiseMetrics } from './watch/promise-metrics.js';
import { PromiseStore } from './watch/promise-store.js';
import { serviceMetrics, type ServiceSources } from './watch/service-metrics.js';
import { Watcher, type WatchedCheck } from './watch/watcher.js';

export interface WatchAppOptions {
  config: Config;
  database: Database;
  organizations: () => ReadonlyMap<number, Organization>;
  hotline: Pick<HotlineApp, 'http' | 'book' | 'watch'>;
  ledgers: Pick<LedgerStore, 'countDay'>;
  claims: Pick<ClaimStore, 'dialLagSeconds'>;
  keeper: Pick<ResultKeeper, 'waiting'>;
  dialler: Pick<Dialler, 'channelsInUse'>;
  deadline: Pick<Deadline, 'sweptAt'>;
  taskProcessors: Pick<TaskProcessorWatch, 'depth'>;
  users: Pick<UsersModule, 'mails'>;
  health: Pick<ServiceHealth, 'look' | 'linksUp'>;
  /** Reasons of the holds of dialling that are open. */
  holds: () => readonly string[];
  liveSockets: () => number;
  clock: Clock;
  log: Logger;
}

export interface WatchApp {
  readonly routes: readonly Route[];
  readonly metrics: Metrics;
  /** Undefined when no address is set. */
  heartbeat(): HeartbeatStanding | undefined;
  start(): void;
  stop(): Promise<void>;
}

const [everyTick, hourly] = [0, 3_600_000];
const houseZone = 'Asia/Tokyo';
const dayMs = 86_400_000;

/** The part of the composition that watches over the rest: constructed by app.ts, and only there. */
export function createWatchApp(options: WatchAppOptions): WatchApp {
  const { config, database, clock, log } = options;
  const beats = new BeatStore(database);
  let exchangeVersion: string | undefined;
  const noteVersion = ({ version: told }: { version: string }): void => {
    exchangeVersion = told;
  };
  const checks: WatchedCheck[] = [
    { check: openDatabaseCheck(database, config.PBX_ID, clock), everyMs: everyTick },
    { check: linkCheck(options, () => beating?.standing), everyMs: everyTick },
    ...diskChecks(config).map((check) => ({ check, everyMs: everyTick })),
    { check: clockCheck(config, () => databaseTime(database), noteVersion), everyMs: everyTick },
    { check: keyFileCheck(config), everyMs: everyTick },
    { check: { ...personalDataCheck(config), code: 'key.data' }, everyMs: hourly },
    ...certificateChecks(config, clock).map((check) => ({ check, everyMs: hourly })),
  ];
  const watcher = new Watcher({ checks, clock, log });
  const beating = config.HEARTBEAT_URL === undefined ? undefined : heartbeatOf(options, watcher);
  const version = ownVersion();
  return {
    routes: healthRoutes({
      states: () => watcher.states,
      lookedAt: () => watcher.lookedAt,
      versions: async () => ({
        program: version,
        node: process.versions.node,
        exchange: exchangeVersion,
        database: await beats.version(),
        schema: (await appliedMigrations(database)).at(-1),
      }),
      clock,
    }),
    metrics: createMetrics(figuresOf(options), [
      promiseMetrics(promisesOf(options)),
      hotlineMetrics({
        organizationIds: () => [...options.organizations().keys()],
        picture: options.hotline.http.picture,
        facts: () => hotlineFacts(options),
        now: clock,
      }),
      serviceMetrics(serviceOf(options, watcher, version)),
    ]),
    heartbeat: () => beating?.standing,
    start() {
      watcher.start();
      beating?.start();
    },
    async stop() {
      await beating?.stop();
      await watcher.stop();
    },
  };
}

function figuresOf(options: WatchAppOptions): MetricSources {
  const { organizations, ledgers, dialler, keeper, users, health, claims, clock } = options;
  return {
    checkinsToday: () => countToday(ledgers, organizations().values(), clock()),
    channelsInUse: () => dialler.channelsInUse,
    resultsWaiting: () => keeper.waiting,
    mailsWaiting: async () => (await users.mails.waiting()).count,
    linksUp: async () => upOrDown(await health.look()),
    dialLagSeconds: () => claims.dialLagSeconds(clock()),
  };
}

function serviceOf(options: WatchAppOptions, watcher: Watcher, version: string): ServiceSources {
  const { config, dialler, hotline, taskProcessors, deadline } = options;
  return {
    health: () => options.health.look(),
    states: () => watcher.states,
    trunks: () => [
      {
        id: config.PBX_ID,
        checkIns: dialler.channelsInUse,
        hotline: callsInQueues(hotline.watch.picture),
        cap: config.CHANNEL_CAP,
      },
    ],
    taskProcessorDepth: () => taskProcessors.depth,
    liveSockets: options.liveSockets,
    freeRoom: () => freeRoom(config),
    sweptAt: () => deadline.sweptAt,
    holds: options.holds,
    version,
    now: options.clock,
  };
}

function heartbeatOf(
  { config, health, deadline, holds, clock, log }: WatchAppOptions,
  watcher: Watcher,
): Heartbeat {
  return new Heartbeat({
    url: config.HEARTBEAT_URL ?? '',
    facts: () => {
      const { ari = false, ami = false } = health.linksUp();
      const writes = watcher.state('database.write')?.state === 'good';
      const wroteAt = writes ? watcher.lookedAt : undefined;
      return { wroteAt, sweptAt: deadline.sweptAt, ari, ami, isHeld: holds().length > 0 };
    },
    clock,
    log,
  });
}

function linkCheck(
  { health, holds }: WatchAppOptions,
  heartbeat: () => HeartbeatStanding | undefined,
): Check {
  return {
    what: 'つながり',
    code: 'links',
    mend: 'サービスの記録（ログ）を見てください。',
    look: async () => [...judgeLinks(await health.look()), judgeHolds(holds()), judgeHeartbeat(heartbeat())],
  };
}

function promisesOf({ database, organizations, clock }: WatchAppOptions) {
  const store = new PromiseStore(database);
  const endedCalls = new EndedCallStore(database);
  return {
    /** By each tenant's own calendar; most have the same. */
    days: async () => {
      const now = clock();
      const byDate = new Map<string, number[]>();
      for (const { id, timeZone } of organizations().values()) {
        const date = localDate(now, timeZone);
        byDate.set(date, [...(byDate.get(date) ?? []), id]);
      }
      const counts = await Promise.all([...byDate].map(([date, ids]) => store.day(ids, date, now)));
      return counts.flat();
    },
    overdue: () => store.overdue(clock()),
    alerts: () => store.alerts(new Date(clock().getTime() - dayMs)),
    calls: () => endedCalls.ofToday(clock(), houseZone),
    operatorAlerts: () => store.operatorAlerts(),
  };
}

async function hotlineFacts({ hotline, clock }: WatchAppOptions) {
  const now = clock();
  return Promise.all(
    hotline.book.lines.map(async ({ line }) => {
      const { from } = boundsOfDay(localDate(now, line.timeZone), line.timeZone);
      return { organizationId: line.organizationId, facts: await hotline.http.kpis.facts(line, from, now) };
    }),
  );
}

function ownVersion(): string {
  const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}
