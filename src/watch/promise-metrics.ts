import type { Registry } from 'prom-client';
import type { EndedCalls } from '../checkins/ended-call-store.js';
import { addGauge, remembered } from './gauge.js';
import type { AlertLag, DayCount } from './promise-store.js';

/** The promises in figures, as the database knows them. */
export interface PromiseSources {
  days: () => Promise<DayCount[]>;
  overdue: () => Promise<ReadonlyMap<number, { count: number; oldestSeconds: number }>>;
  alerts: () => Promise<AlertLag[]>;
  calls: () => Promise<EndedCalls[]>;
  operatorAlerts: () => Promise<ReadonlyMap<string, number>>;
}

/** Figures of a whole day are read anew at most so often. */
const dayMs = 20_000;
/** Somebody or something took the call, and no key came. */
const withoutKey = new Set(['answeredNoKey', 'machine', 'hungUpEarly']);

export function promiseMetrics(sources: PromiseSources): (registry: Registry) => void {
  return (registry) => {
    const days = remembered(dayMs, sources.days);
    const overdue = remembered(1000, sources.overdue);
    const alerts = remembered(dayMs, sources.alerts);
    const calls = remembered(dayMs, sources.calls);
    const each = (pick: (day: DayCount) => number) => async () =>
      (await days()).map((day) => ({
        labels: { organization: String(day.organizationId) },
        value: pick(day),
      }));
    const labels = ['organization'] as const;

    addGauge(
      registry,
      { name: 'checkins_due_today', help: "Today's check-ins that fell due so far", labels },
      each(({ due }) => due),
    );
    addGauge(
      registry,
      { name: 'checkins_settled_today', help: 'Of these, those that have their end', labels },
      each(({ settled }) => settled),
    );
    addGauge(
      registry,
      { name: 'checkins_unknown_today', help: 'Of these, those of whom nothing is known yet', labels },
      each(({ due, settled }) => due - settled),
    );
    addGauge(
      registry,
      {
        name: 'checkins_overdue',
        help: 'Check-ins past their last moment that have no end: must be 0',
        labels,
      },
      async () => [...(await overdue())].map(([id, { count }]) => sampleOf(id, count)),
    );
    addGauge(
      registry,
      {
        name: 'first_dial_lag_seconds',
        help: 'From falling due to the first dialling, of the check-ins of today that were dialled',
        labels: ['organization', 'stat'],
      },
      async () =>
        (await days())
          .filter(({ firstDials }) => firstDials > 0)
          .flatMap(({ organizationId, averageLagSeconds, longestLagSeconds }) => [
            { labels: statOf(organizationId, 'average'), value: averageLagSeconds },
            { labels: statOf(organizationId, 'longest'), value: longestLagSeconds },
          ]),
    );
    addGauge(
      registry,
      { name: 'alerts_opened_last_day', help: 'Alerts about people of the last 24 hours', labels },
      async () => (await alerts()).map(({ organizationId, opened }) => sampleOf(organizationId, opened)),
    );
    addGauge(
      registry,
      {
        name: 'alert_lag_seconds',
        help: 'From the last moment for an alert to its opening: the longest of the last 24 hours, and of those still missing',
        labels,
      },
      async () => {
        const missing = await overdue();
        const opened = await alerts();
        const ids = new Set([...missing.keys(), ...opened.map(({ organizationId }) => organizationId)]);
        return [...ids].map((id) => {
          const lag = opened.find(({ organizationId }) => organizationId === id)?.longestLagSeconds ?? 0;
          return sampleOf(id, Math.max(lag, missing.get(id)?.oldestSeconds ?? 0));
        });
      },
    );
    callMetrics(registry, calls);
    addGauge(
      registry,
      { name: 'operator_alerts', help: 'What the operator must mend now', labels: ['reason'] },
      async () =>
        [...(await sources.operatorAlerts())].map(([reason, value]) => ({ labels: { reason }, value })),
    );
  };
}

function callMetrics(registry: Registry, calls: () => Promise<EndedCalls[]>): void {
  const sums = (keyOf: (call: EndedCalls) => Record<string, string> | undefined) => async () => {
    const found = new Map<string, { labels: Record<string, string>; value: number }>();
    for (const call of await calls()) {
      const labels = keyOf(call);
      if (!labels) continue;
      const key = JSON.stringify(labels);
      const known = found.get(key);
      found.set(key, { labels, value: (known?.value ?? 0) + call.count });
    }
    return [...found.values()];
  };
  addGauge(
    registry,
    {
      name: 'calls_today',
      help: 'Check-in calls that ended today, by line and outcome',
      labels: ['trunk', 'outcome'],
    },
    sums(({ pbxId, outcome }) => ({ trunk: pbxId, outcome })),
  );
  addGauge(
    registry,
    { name: 'calls_answered_today', help: 'Of these, those that were answered', labels: ['trunk'] },
    sums(({ pbxId, isAnswered }) => (isAnswered ? { trunk: pbxId } : undefined)),
  );
  addGauge(
    registry,
    {
      name: 'calls_answered_without_key_today',
      help: 'Of the answered ones, those in which no key came: many of them mean that the line loses keys',
      labels: ['trunk'],
    },
    sums(({ pbxId, isAnswered, outcome }) =>
      isAnswered && withoutKey.has(outcome) ? { trunk: pbxId } : undefined,
    ),
  );
  addGauge(
    registry,
    {
      name: 'call_causes_today',
      help: "The carrier's SIP status and the Q.850 cause of the calls that ended today",
      labels: ['trunk', 'sip_status', 'cause'],
    },
    sums(({ pbxId, sipStatus, cause }) => ({
      trunk: pbxId,
      sip_status: String(sipStatus ?? ''),
      cause: String(cause ?? ''),
    })),
  );
}

function sampleOf(organizationId: number, value: number) {
  return { labels: { organization: String(organizationId) }, value };
}

function statOf(organizationId: number, stat: 'average' | 'longest'): Record<string, string> {
  return { organization: String(organizationId), stat };
}
