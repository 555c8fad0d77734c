import { collectDefaultMetrics, type Registry } from 'prom-client';
import type { Health } from '../http/health.js';
import { addGauge, remembered } from './gauge.js';
import type { Watched } from './watched.js';

/** What the machine, the exchange and the process tell. */
export interface ServiceSources {
  health: () => Promise<Health>;
  states: () => readonly Watched[];
  trunks: () => readonly { id: string; checkIns: number; hotline: number; cap: number }[];
  taskProcessorDepth: () => number;
  liveSockets: () => number;
  freeRoom: () => Promise<readonly { name: string; bytes: number }[]>;
  /** When the dead-man's sweep last came to its end. */
  sweptAt: () => Date | undefined;
  /** Open holds of dialling, by reason. */
  holds: () => readonly string[];
  version: string;
  now: () => Date;
}

const stateValues = { good: 0, warning: 1, bad: 2 } as const;

export function serviceMetrics(sources: ServiceSources): (registry: Registry) => void {
  return (registry) => {
    collectDefaultMetrics({ register: registry });
    const age = (at: Date | undefined) =>
      at ? [{ value: (sources.now().getTime() - at.getTime()) / 1000 }] : [];
    addGauge(
      registry,
      { name: 'build_info', help: '1, with the version that runs', labels: ['version', 'node'] },
      () => [{ labels: { version: sources.version, node: process.versions.node }, value: 1 }],
    );
    const health = remembered(1000, sources.health);
    addGauge(
      registry,
      { name: 'database_latency_seconds', help: 'How long the database takes to answer' },
      async () => {
        const { latencyMs } = (await health()).links.database;
        return latencyMs === undefined ? [] : [{ value: latencyMs / 1000 }];
      },
    );
    addGauge(
      registry,
      { name: 'mails_oldest_wait_seconds', help: 'How long the oldest unsent mail has waited' },
      async () => age((await health()).mail.oldestWaitingAt),
    );
    addGauge(
      registry,
      {
        name: 'trunk_channels_in_use',
        help: 'Lines to the telephone network that are taken',
        labels: ['trunk', 'use'],
      },
      () =>
        sources.trunks().flatMap(({ id, checkIns, hotline }) => [
          { labels: { trunk: id, use: 'check_in' }, value: checkIns },
          { labels: { trunk: id, use: 'hotline' }, value: hotline },
        ]),
    );
    addGauge(
      registry,
      { name: 'trunk_channels_limit', help: 'Lines that there are', labels: ['trunk'] },
      () => sources.trunks().map(({ id, cap }) => ({ labels: { trunk: id }, value: cap })),
    );
    addGauge(
      registry,
      { name: 'task_processor_depth', help: "The deepest of the exchange's internal queues" },
      () => [{ value: sources.taskProcessorDepth() }],
    );
    addGauge(
      registry,
      { name: 'live_sockets', help: 'Screens that are connected: consoles and boards' },
      () => [{ value: sources.liveSockets() }],
    );
    addGauge(
      registry,
      { name: 'disk_free_bytes', help: 'Room on each disk that we write to', labels: ['disk'] },
      async () =>
        (await sources.freeRoom()).map(({ name, bytes }) => ({ labels: { disk: name }, value: bytes })),
    );
    addGauge(
      registry,
      { name: 'deadline_sweep_age_seconds', help: "How long ago the dead-man's sweep came to its end" },
      () => age(sources.sweptAt()),
    );
    addGauge(registry, { name: 'dialling_held', help: 'Open holds of dialling', labels: ['reason'] }, () =>
      sources.holds().map((reason) => ({ labels: { reason }, value: 1 })),
    );
    addGauge(
      registry,
      {
        name: 'check_state',
        help: 'What is watched all the time: 0 good, 1 needs a look, 2 bad',
        labels: ['check'],
      },
      () =>
        sources.states().map(({ code, state }) => ({ labels: { check: code }, value: stateValues[state] })),
    );
  };
}
