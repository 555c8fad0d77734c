import type { Page } from 'playwright-core';
import { CardStore } from '../../src/consultations/card-store.js';
import { ReferralStore } from '../../src/consultations/referral-store.js';
import { readCarrierRecord, type CarrierCall } from '../../src/testbed/carrier-record.js';
import { findBaresip } from '../../src/testbed/find-baresip.js';
import { until } from '../../src/testbed/until.js';
import { Softphone } from '../../src/testbed/softphone.js';
import { seedStation, seedSubscriber } from './builders.js';
import { pressOn } from './by-keyboard.js';
import { addConsoleUser, type ConsoleUser } from './console-users.js';
import { phoneHotline, type Caller } from './hotline-stage.js';
import { HotlineTown } from './hotline-town.js';
import { exchangeOf } from './phone-accounts.js';
import { codecOf } from './test-codec.js';

/** A subscriber whose name would like to be a program. */
export const known = {
  number: '0473999001',
  name: '<script>alert(1)</script>"><img src=x onerror=alert(2)>',
} as const;

/** The field of a card in which the cursor stands. */
export function focusedField(page: Page): Promise<string | null | undefined> {
  return page.evaluate(() => {
    const { document } = globalThis as unknown as {
      document: { activeElement: { getAttribute(name: string): string | null } | null };
    };
    return document.activeElement?.getAttribute('data-field');
  });
}

/** A hotline with a counsellor's telephone, somebody known who may call, and whom to refer people to. */
export class HotdeskTown {
  private constructor(
    readonly town: HotlineTown,
    readonly phone: Softphone,
    readonly cards: CardStore,
    readonly counsellorIds: ReadonlyMap<string, number>,
  ) {}

  static async open(): Promise<HotdeskTown> {
    const town = await HotlineTown.open();
    const { database, environment, organizationId } = town;
    environment.VOICE_KEY = 'ab'.repeat(32);
    const codec = codecOf(environment);
    const station = await seedStation(database, codec, { organizationId });
    await seedSubscriber(database, codec, station, known);
    await new ReferralStore({ database, codec }).addDestination(
      organizationId,
      { name: '自立相談支援センター', kind: 'selfReliance', phone: '', note: '' },
      new Date(),
    );
    await town.startService();
    await town.hotline.shortGreeting('2');
    const rows = await database('counsellors').select<{ id: number; extension: string }[]>('id', 'extension');
    const account = (await town.counsellors.accounts()).find(({ extension }) => extension === '101');
    const phone = await Softphone.start({
      baresip: await findBaresip(),
      account: { user: '101', password: account?.secret ?? '', registrar: exchangeOf(town.hotline.stage) },
    });
    await phone.register();
    const counsellorIds = new Map(rows.map(({ id, extension }) => [extension, id]));
    return new HotdeskTown(town, phone, new CardStore({ database, codec }), counsellorIds);
  }

  get port(): number {
    return Number(new URL(this.town.url).port);
  }

  /** Somebody who works at the desk with the telephone of this extension. */
  async user(role: 'counsellor' | 'supervisor', extension: string): Promise<ConsoleUser> {
    const { organizationId } = this.town;
    const counsellorId = this.counsellorIds.get(extension) ?? 0;
    return addConsoleUser(this.town, { role, organizationId, mail: `${role}@genki.test`, counsellorId });
  }

  /** Takes 101 out of the pause as their supervisor, by click; then into it and out again by keyboard alone. */
  async changeStates(page: Page): Promise<void> {
    const row = page.locator('[data-testid="counsellor"][data-extension="101"]');
    await row.getByRole('button', { name: '休みを終える' }).click();
    await this.town.seesCounsellor('101', 'free');
    await pressOn(page, /^休みにする/);
    await this.town.seesCounsellor('101', 'paused');
    await pressOn(page, /^休みを終える/);
    await this.town.seesCounsellor('101', 'free');
  }

  /** Lets somebody phone the hotline. */
  call(from: string): Promise<Caller> {
    return phoneHotline(this.town.hotline.carrier, { from, to: this.town.number });
  }

  /** Waits for the counsellor's telephone to ring, and does something again and again meanwhile. */
  async untilRings(meanwhile: () => Promise<void>): Promise<void> {
    const rings = async (): Promise<boolean> => {
      await meanwhile();
      return this.phone.calls.some(({ state }) => state === 'ringing');
    };
    await until(rings, { what: 'the phone rings', timeoutMs: 60_000, everyMs: 500 });
  }

  /** What the carrier knows of calls to a number. */
  carrierCallsTo(wanted: string): CarrierCall[] {
    return readCarrierRecord(this.town.hotline.stage.carrierRecordFile).filter(
      ({ number }) => number === wanted,
    );
  }

  async close(): Promise<void> {
    await this.phone.stop();
    await this.town.close();
  }
}
