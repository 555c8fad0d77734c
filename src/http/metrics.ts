import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, Registry } from 'prom-client';

/** Where the figures come from; each is asked when somebody reads them. */
export interface MetricSources {
  /** Today's check-ins by state. */
  checkinsToday: () => Promise<ReadonlyMap<string, number>>;
  channelsInUse: () => number;
  resultsWaiting: () => number;
  mailsWaiting: () => Promise<number>;
  linksUp: () => Readonly<Record<string, boolean>> | Promise<Readonly<Record<string, boolean>>>;
  /** How late the most overdue call is; undefined while that is not known. */
  dialLagSeconds: () => number | undefined | Promise<number | undefined>;
}

/** Adds figures of another part to the registry. */
export type MetricPart = (registry: Registry) => void;

/** Figures in Prometheus' form, without a word about any person. */
export interface Metrics {
  readonly contentType: string;
  text(): Promise<string>;
  countAttempt(outcome: string): void;
  countSipRefusal(reason: string): void;
  close(): void;
}

const nanoseconds = 1e-9;
const quantiles = { '0.5': 50, '0.99': 99, '1': 100 };

/** Collects the service's figures in a registry of their own. */
export function createMetrics(sources: MetricSources, parts: readonly MetricPart[] = []): Metrics {
  const registry = new Registry();
  for (const add of parts) add(registry);
  const registers = [registry];
  const attempts = new Counter({
    name: 'genkidesu_attempts_total',
    help: 'Ended attempts since the start of this process',
    labelNames: ['outcome'],
    registers,
  });
  const refusals = new Counter({
    name: 'genkidesu_sip_refusals_total',
    help: 'Requests of telephones and strangers that the exchange refused since the start of this process',
    labelNames: ['reason'],
    registers,
  });
  new Gauge({
    name: 'genkidesu_checkins',
    help: "Today's check-ins by state",
    labelNames: ['state'],
    registers,
    async collect() {
      const counts = await unlessItFails(sources.checkinsToday);
      // No figure rather than an old one: the database is away.
      this.reset();
      for (const [state, count] of counts ?? []) this.set({ state }, count);
    },
  });
  new Gauge({
    name: 'genkidesu_channels_in_use',
    help: 'Lines taken by check-in calls',
    registers,
    collect() {
      this.set(sources.channelsInUse());
    },
  });
  new Gauge({
    name: 'genkidesu_results_waiting',
    help: 'Results of finished calls that the database has not taken yet',
    registers,
    collect() {
      this.set(sources.resultsWaiting());
    },
  });
  new Gauge({
    name: 'genkidesu_mails_waiting',
    help: 'Mails that are written and not sent yet',
    registers,
    async collect() {
      const waiting = await unlessItFails(sources.mailsWaiting);
      if (waiting === undefined) this.remove();
      else this.set(waiting);
    },
  });
  new Gauge({
    name: 'genkidesu_link_up',
    help: '1 when the link is up',
    labelNames: ['link'],
    registers,
    async collect() {
      const links = await unlessItFails(sources.linksUp);
      this.reset();
      for (const [link, up] of Object.entries(links ?? {})) this.set({ link }, up ? 1 : 0);
    },
  });
  new Gauge({
    name: 'genkidesu_dial_lag_seconds',
    help: 'How late the most overdue call is',
    registers,
    async collect() {
      const lag = await unlessItFails(sources.dialLagSeconds);
      if (lag === undefined) this.remove();
      else this.set(lag);
    },
  });
  const delays = monitorEventLoopDelay({ resolution: 20 });
  delays.enable();
  new Gauge({
    name: 'genkidesu_event_loop_delay_seconds',
    help: 'How late timers fired since the figures were last read',
    labelNames: ['quantile'],
    registers,
    collect() {
      for (const [quantile, percent] of Object.entries(quantiles)) {
        this.set({ quantile }, delays.count === 0 ? 0 : delays.percentile(percent) * nanoseconds);
      }
      delays.reset();
    },
  });
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    countAttempt: (outcome) => attempts.inc({ outcome }),
    countSipRefusal: (reason) => refusals.inc({ reason }),
    close: () => void delays.disable(),
  };
}

/** A database that hangs must not keep the other figures from who watches. */
const patienceMs = 3000;

/** One figure that cannot be had, or not in time, must not take the others with it. */
async function unlessItFails<Value>(ask: () => Value | Promise<Value>): Promise<Value | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), patienceMs);
  });
  try {
    return await Promise.race([Promise.resolve().then(ask), late]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
