import type { Registry } from 'prom-client';
import { kpisOf, type KpiFacts } from '../hotline/kpis.js';
import type { PictureView } from '../hotline/picture-view.js';
import { addGauge, remembered } from './gauge.js';

/** The hotline in figures. */
export interface HotlineSources {
  organizationIds: () => readonly number[];
  picture: (organizationId: number) => PictureView | undefined;
  /** Of each line, since the beginning of its day. */
  facts: () => Promise<{ organizationId: number; facts: KpiFacts }[]>;
  now: () => Date;
}

const dayMs = 20_000;

export function hotlineMetrics(sources: HotlineSources): (registry: Registry) => void {
  return (registry) => {
    const labels = ['organization'] as const;
    /** Of tenants with a line; nothing at all while the exchange is not heard. */
    const heard = (pick: (picture: PictureView) => number) => () =>
      sources.organizationIds().flatMap((id) => {
        const picture = sources.picture(id);
        if (!picture?.heard || picture.lines.length === 0) return [];
        return [{ labels: { organization: String(id) }, value: pick(picture) }];
      });
    addGauge(
      registry,
      { name: 'hotline_waiting', help: 'Callers who wait now', labels },
      heard(({ lines }) => lines.reduce((sum, { waiting }) => sum + waiting.length, 0)),
    );
    addGauge(
      registry,
      { name: 'hotline_longest_wait_seconds', help: 'How long the first of them has waited', labels },
      heard(({ lines }) => {
        const now = sources.now().getTime();
        const waits = lines.flatMap(({ waiting }) =>
          waiting.map(({ joinedAt }) => (now - Date.parse(joinedAt)) / 1000),
        );
        return Math.max(0, ...waits);
      }),
    );
    addGauge(
      registry,
      { name: 'hotline_open_lines', help: 'Lines within their hours', labels },
      heard(({ lines }) => lines.filter(({ open }) => open).length),
    );
    addGauge(
      registry,
      { name: 'hotline_counsellors_ready', help: 'Counsellors who can take a call or have one', labels },
      heard(
        ({ counsellors }) =>
          counsellors.filter(({ state }) => ['free', 'ringing', 'talking', 'wrapUp'].includes(state)).length,
      ),
    );
    dayMetrics(registry, remembered(dayMs, sources.facts));
  };
}

function dayMetrics(registry: Registry, read: HotlineSources['facts']): void {
  const labels = ['organization'] as const;
  const kpis = async () =>
    (await read()).map(({ organizationId, facts }) => ({ organizationId, kpi: kpisOf(facts) }));
  const sum = (pick: 'offered' | 'answered' | 'abandoned' | 'overflow') => async () => {
    const sums = new Map<number, number>();
    for (const { organizationId, kpi } of await kpis())
      sums.set(organizationId, (sums.get(organizationId) ?? 0) + (kpi[pick].value ?? 0));
    return [...sums].map(([id, value]) => ({ labels: { organization: String(id) }, value }));
  };
  addGauge(
    registry,
    { name: 'hotline_offered_today', help: 'Calls that came within the hours today', labels },
    sum('offered'),
  );
  addGauge(
    registry,
    { name: 'hotline_answered_today', help: 'Of these, those that a counsellor took', labels },
    sum('answered'),
  );
  addGauge(
    registry,
    {
      name: 'hotline_abandoned_today',
      help: 'Of these, those who gave up waiting, without the very short ones',
      labels,
    },
    sum('abandoned'),
  );
  addGauge(
    registry,
    { name: 'hotline_overflow_today', help: 'Of these, those who waited too long or found nobody', labels },
    sum('overflow'),
  );
  addGauge(
    registry,
    {
      name: 'hotline_answer_lag_seconds',
      help: 'From joining the queue to the answer: the average over the calls of today',
      labels,
    },
    async () => {
      const sums = new Map<number, { calls: number; seconds: number }>();
      for (const { organizationId, kpi } of await kpis()) {
        const { calls, seconds } = sums.get(organizationId) ?? { calls: 0, seconds: 0 };
        const answered = kpi.answered.value ?? 0;
        sums.set(organizationId, {
          calls: calls + answered,
          seconds: seconds + answered * (kpi.averageWait.value ?? 0),
        });
      }
      return [...sums]
        .filter(([, { calls }]) => calls > 0)
        .map(([id, { calls, seconds }]) => ({
          labels: { organization: String(id) },
          value: seconds / calls,
        }));
    },
  );
}
