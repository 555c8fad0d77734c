import { lookAtTrunk } from './asterisk/ami/ami-look.js';
import type { AmiLink } from './asterisk/ami/ami-link.js';
import type { CheckinService } from './checkins/checkin-service.js';
import type { ResultKeeper } from './checkins/result-keeper.js';
import type { Hold } from './checkins/hold-store.js';
import type { Clock } from './clock.js';
import type { Health, LinkHealth } from './http/health.js';
import type { Database } from './storage/database.js';
import type { UsersModule } from './users/users-module.js';
import type { HeartbeatStanding } from './watch/heartbeat-rule.js';

const trunkFreshMs = 10_000;
const databasePatienceMs = 3000;

export interface ServiceHealthParts {
  database: Database;
  phoneLink: { readonly isUp: boolean };
  ami: AmiLink;
  queues: { readonly isUp: boolean };
  service: CheckinService;
  keeper: ResultKeeper;
  holds: () => readonly Pick<Hold, 'reason' | 'openedAt'>[];
  users: Pick<UsersModule, 'mails' | 'mailSender'>;
  heartbeat: () => HeartbeatStanding | undefined;
  clock: Clock;
}

/** Every link by its name, for the figures. Where no mail server is set, none can be down. */
export function upOrDown({ links, mail }: Health): Record<string, boolean> {
  const told = Object.entries(links).flatMap(([name, link]) =>
    'ok' in link ? [[name, link.ok] as const] : [],
  );
  return {
    ...Object.fromEntries(told),
    ...(mail.configured && { mail: mail.failing?.kind !== 'down' }),
  };
}

type TrunkLinks = Pick<Health['links'], 'trunk' | 'registration'>;

/** Tells the state of every link, each by itself, and since when it is so. */
export class ServiceHealth {
  readonly #parts: ServiceHealthParts;
  readonly #since = new Map<string, { ok: boolean; since: Date }>();
  #trunk: { at: number; links: TrunkLinks } | undefined;

  constructor(parts: ServiceHealthParts) {
    this.#parts = parts;
  }

  linksUp(): Record<string, boolean> {
    const { phoneLink, ami, queues, service } = this.#parts;
    return { ari: phoneLink.isUp, ami: ami.isUp, queues: queues.isUp, lease: service.lease?.kind === 'ours' };
  }

  async look(): Promise<Health> {
    const { keeper, service } = this.#parts;
    const { ari = false, ami = false, queues = false, lease = false } = this.linksUp();
    const database = await this.#database();
    const owner = service.lease;
    const links: Health['links'] = {
      database,
      ari: this.#told('ari', ari),
      ami: this.#told('ami', ami),
      queues: this.#told('queues', queues),
      lease: {
        ...this.#told('lease', lease),
        ...(owner?.kind === 'theirs'
          ? { said: `process ${owner.pid} on ${owner.host} owns the exchange` }
          : {}),
      },
      ...(await this.#trunkLinks(ami)),
      results: { waiting: keeper.waiting },
    };
    const ready = database.ok && ari && lease && links.trunk.ok;
    const holds = this.#parts.holds().map(({ reason, openedAt }) => ({ reason, since: openedAt }));
    const heartbeat = this.#parts.heartbeat();
    return { ready, links, holds, mail: await this.#mail(database.ok), ...(heartbeat && { heartbeat }) };
  }

  async #mail(databaseIsUp: boolean): Promise<Health['mail']> {
    const { mails, mailSender } = this.#parts.users;
    const standing = mailSender.standing();
    const found = databaseIsUp ? await mails.waiting().catch(() => undefined) : undefined;
    if (!found) return standing;
    const { count, oldestAt } = found;
    return { ...standing, waiting: count, ...(oldestAt && { oldestWaitingAt: oldestAt }) };
  }

  #told(link: string, ok: boolean): LinkHealth {
    const before = this.#since.get(link);
    const since = before?.ok === ok ? before.since : this.#parts.clock();
    this.#since.set(link, { ok, since });
    return { ok, since };
  }

  async #database(): Promise<LinkHealth & { latencyMs?: number }> {
    const asked = performance.now();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>(
      (resolve) => (timer = setTimeout(() => resolve(false), databasePatienceMs)),
    );
    const answered = this.#parts.database.raw('select 1').then(
      () => true,
      () => false,
    );
    const ok = await Promise.race([answered, late]);
    clearTimeout(timer);
    return {
      ...this.#told('database', ok),
      ...(ok ? { latencyMs: Math.round(performance.now() - asked) } : {}),
    };
  }

  /** Asterisk is asked at most every few seconds, however often we are. */
  async #trunkLinks(amiIsUp: boolean): Promise<TrunkLinks> {
    const now = performance.now();
    if (this.#trunk && now - this.#trunk.at < trunkFreshMs) return this.#trunk.links;
    const links = amiIsUp
      ? await this.#askTrunk()
      : { trunk: { ...this.#told('trunk', false), said: 'no manager link' } };
    this.#trunk = { at: now, links };
    return links;
  }

  async #askTrunk(): Promise<TrunkLinks> {
    try {
      const { contacts, registrations } = await lookAtTrunk(this.#parts.ami);
      const isRegistered = registrations.every((status) => status === 'Registered');
      const trunk = this.#told('trunk', contacts !== undefined && isRegistered);
      if (registrations.length === 0) return { trunk };
      return { trunk, registration: this.#told('registration', isRegistered) };
    } catch {
      return { trunk: { ...this.#told('trunk', false), said: 'Asterisk did not tell' } };
    }
  }
}
