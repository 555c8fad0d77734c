import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import type { SippInstall } from '../testbed/find-sipp.js';
import { runCounsellors, type Counsellors } from '../testbed/sipp-counsellors.js';
import type { SippCall } from '../testbed/sipp-log.js';
import type { Stage } from '../testbed/stage.js';
import { until } from '../testbed/until.js';
import { patientExtension, phoneAccounts, quickExtensions } from './demo-hotline-data.js';
import { readHotlineCalls, readHotlineTasks, type DemoCall, type DemoTask } from './demo-hotline-store.js';
import { callerNamed } from './simulated-callers.js';

const talkSeconds = 6;
const patienceMs = 90_000;

/** The hotline's room as the demo sees it: telephones, orders to the service, and what the database says meanwhile. */
export class HotlineDesk {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;
  readonly #token: string;
  readonly #telephones: Counsellors[] = [];
  #url = '';

  constructor(parts: { database: Database; codec: PersonalDataCodec; token: string }) {
    this.#database = parts.database;
    this.#codec = parts.codec;
    this.#token = parts.token;
  }

  /** Where the service listens now. */
  serviceIsAt(port: number): void {
    this.#url = `http://127.0.0.1:${port}/api/hotline`;
  }

  /** Lets the counsellors' telephones register, with the accounts that the service has made. */
  async connectTelephones(sipp: SippInstall, { pbx }: Pick<Stage, 'pbx'>): Promise<void> {
    const accounts = await phoneAccounts(this.#database, this.#codec);
    const registrar = { host: pbx.sipHost, port: pbx.sipPort };
    const phonesOf = (extensions: readonly string[]) =>
      accounts
        .filter(({ extension }) => extensions.includes(extension))
        .map(({ extension, secret }) => ({ user: extension, password: secret }));
    const common = { sipp, registrar, ringSeconds: 1 };
    const quick = { ...common, phones: phonesOf(quickExtensions), talkSeconds: [talkSeconds] };
    const patient = { ...common, phones: phonesOf([patientExtension]), localHost: '127.0.0.5' };
    this.#telephones.push(...(await Promise.all([runCounsellors(quick), runCounsellors(patient)])));
  }

  /** What the counsellors' telephones saw so far. */
  telephoneCalls(): SippCall[] {
    return this.#telephones.flatMap((one) => one.calls());
  }

  /** @throws Error when the service refuses */
  async order(path: string, body: unknown = {}): Promise<void> {
    const response = await fetch(`${this.#url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  }

  async orderEach(extensions: readonly string[], order: string, body: unknown = {}): Promise<void> {
    for (const extension of extensions) await this.order(`/counsellors/${extension}/${order}`, body);
  }

  calls(): Promise<DemoCall[]> {
    return readHotlineCalls(this.#database, this.#codec);
  }

  tasks(): Promise<DemoTask[]> {
    return readHotlineTasks(this.#database, this.#codec);
  }

  /** Waits until our database says this of the calls of all these callers. */
  async until(what: string, names: readonly string[], isSo: (call: DemoCall) => boolean): Promise<void> {
    const numbers = names.map((name) => callerNamed(name).number);
    await this.waits(`${names.join(', ')}: ${what}`, async () => {
      const calls = await this.calls();
      return numbers.every((number) =>
        calls.some((call) => call.direction === 'incoming' && call.number === number && isSo(call)),
      );
    });
  }

  async waits(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
    await until(isSo, { what, timeoutMs: patienceMs, everyMs: 250 });
  }

  async close(): Promise<void> {
    await Promise.all(this.#telephones.map((one) => one.stop()));
  }
}
