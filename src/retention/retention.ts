import { setTimeout as pause } from 'node:timers/promises';
import { localDate } from '../checkins/local-day.js';
import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import type { ErasureLogStore } from './erasure-log-store.js';
import type { Eraser } from './eraser.js';
import type { PersonErasureStore } from './person-erasure-store.js';
import type { RequestStore } from './request-store.js';
import type { RuleStore } from './rule-store.js';
import { cutOf, ruleBounds, serviceItself, type RuleKind } from './rules.js';

export interface RetentionTenant {
  id: number;
  timeZone: string;
}

export interface RetentionParts {
  tenants: () => Promise<RetentionTenant[]>;
  rules: RuleStore;
  erasers: readonly Eraser[];
  requests: RequestStore;
  people: PersonErasureStore;
  erasures: ErasureLogStore;
  clock: Clock;
  log: Logger;
}

export interface Erased {
  organizationId: number;
  kind: RuleKind | 'person';
  count: number;
}

/** Between two portions others get their turn at the database: calls above all. */
const pauseMs = 10;

/** The service's own rules, by the day of its house. */
export const theService: RetentionTenant = { id: serviceItself, timeZone: 'Asia/Tokyo' };

/** Erases what is older than its rule allows, and those who asked for it. To run twice changes nothing. */
export class Retention {
  readonly #parts: RetentionParts;
  #isStopped = false;

  constructor(parts: RetentionParts) {
    this.#parts = parts;
  }

  /** What is being written is written; then no more. */
  stop(): void {
    this.#isStopped = true;
  }

  tenants(): Promise<RetentionTenant[]> {
    return this.#parts.tenants();
  }

  /** What would go now, by rule. */
  async preview(tenant: RetentionTenant): Promise<Erased[]> {
    const { clock, rules } = this.#parts;
    const today = localDate(clock(), tenant.timeZone);
    const found: Erased[] = [];
    for (const { kind, months } of await rules.of(tenant.id)) {
      const cut = cutOf(ruleBounds[kind], months, today, tenant.timeZone);
      const count = (await this.#eraserOf(kind)?.count(tenant.id, cut)) ?? 0;
      found.push({ organizationId: tenant.id, kind, count });
    }
    return found;
  }

  /** Everything, of everybody. @param userId who has it done now */
  async run(userId?: number): Promise<Erased[]> {
    const erased: Erased[] = [];
    for (const tenant of [...(await this.#parts.tenants()), theService])
      erased.push(...(await this.runFor(tenant, userId)));
    return erased;
  }

  /** Of one tenant; a kind that fails is told in the log, and the others go on. */
  async runFor(tenant: RetentionTenant, userId?: number): Promise<Erased[]> {
    const { clock, log, rules } = this.#parts;
    const today = localDate(clock(), tenant.timeZone);
    const erased: Erased[] = [];
    const work = async (kind: Erased['kind'], some: () => Promise<number>): Promise<void> => {
      try {
        const count = await some();
        if (count > 0) erased.push({ organizationId: tenant.id, kind, count });
      } catch (error) {
        log.error(
          { event: 'retention.failed', organizationId: tenant.id, kind, err: error },
          'what is too old could not be erased; tried again the next night',
        );
      }
    };
    await work('person', () => this.#erasePeople(tenant, today, userId));
    for (const { kind, months } of await rules.of(tenant.id))
      await work(kind, () => this.#eraseKind(tenant, kind, { months, today }, userId));
    if (erased.length > 0)
      log.info(
        { event: 'retention.erased', organizationId: tenant.id, erased },
        'what was too old was erased',
      );
    return erased;
  }

  async #eraseKind(
    tenant: RetentionTenant,
    kind: RuleKind,
    { months, today }: { months: number; today: string },
    userId: number | undefined,
  ): Promise<number> {
    const { clock, erasures } = this.#parts;
    const eraser = this.#eraserOf(kind);
    const cut = cutOf(ruleBounds[kind], months, today, tenant.timeZone);
    const row = { organizationId: tenant.id, kind, cause: 'rule', at: clock(), userId } as const;
    const entry = erasures.begin(row);
    let sum = 0;
    while (eraser && !this.#isStopped) {
      const count = await eraser.eraseSome(tenant.id, cut, clock(), entry.add);
      if (count === 0) break;
      sum += count;
      await pause(pauseMs);
    }
    return sum;
  }

  async #erasePeople(tenant: RetentionTenant, today: string, userId: number | undefined): Promise<number> {
    const { clock, erasures, log, people, requests } = this.#parts;
    const row = { organizationId: tenant.id, kind: 'person', cause: 'request', at: clock(), userId } as const;
    const entry = erasures.begin(row);
    let sum = 0;
    for (const { id, subscriberId } of await requests.due(tenant.id, today, clock())) {
      if (this.#isStopped) break;
      try {
        const done = await people.erase(subscriberId, clock(), async (trx) => {
          await requests.done(trx, id, clock());
          await entry.add(trx, 1);
        });
        if (done) sum++;
      } catch (error) {
        // The others must not wait for one who cannot be erased.
        log.error(
          { event: 'retention.personFailed', subscriberId, err: error },
          'somebody who asked for it could not be erased; tried again the next night',
        );
      }
      await pause(pauseMs);
    }
    return sum;
  }

  #eraserOf(kind: RuleKind): Eraser | undefined {
    return this.#parts.erasers.find((eraser) => eraser.kind === kind);
  }
}
