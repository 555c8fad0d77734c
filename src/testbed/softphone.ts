import { EventEmitter } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BaresipControl, type BaresipEvent } from './baresip-control.js';
import { startChild, type RunningChild } from './child-process.js';
import type { BaresipInstall } from './find-baresip.js';
import { freeTcpPort, freeUdpPort } from './free-ports.js';
import { SipTrace } from './sip-trace.js';
import {
  numberOfUri,
  softphoneAccount,
  softphoneConfig,
  type SoftphoneAccount,
} from './softphone-settings.js';
import { makeTemporaryFolder, type TemporaryFolder } from './temporary-folder.js';
import { until } from './until.js';

export interface SoftphoneRequest {
  baresip: BaresipInstall;
  account: SoftphoneAccount;
  /** Default 127.0.0.3. As 127.0.0.2, without registering, it is somebody who phones through the carrier. */
  localHost?: string;
  /** 8 kHz mono, 16 bit; the phone hangs up where it ends. Default: a tone without end. */
  wavFile?: string;
}

export interface SoftphoneCall {
  id: string;
  /** The other side's. */
  number: string;
  incoming: boolean;
  state: 'ringing' | 'talking' | 'ended';
  /** Why it ended, in baresip's words. */
  reason?: string;
}

interface Events {
  ringing: [SoftphoneCall];
  answered: [SoftphoneCall];
  ended: [SoftphoneCall];
}

/** A softphone not written by us: one baresip in a folder of its own, with no sound card. */
export class Softphone extends EventEmitter<Events> {
  readonly #account: SoftphoneAccount;
  readonly #folder: TemporaryFolder;
  readonly #child: RunningChild;
  readonly #trace: SipTrace;
  readonly #calls = new Map<string, SoftphoneCall>();
  #control: BaresipControl | undefined;
  #registration: { ok: boolean; reason: string } | undefined;
  #failedTransfers: string[] = [];
  #hasAccount = false;

  private constructor(
    account: SoftphoneAccount,
    folder: TemporaryFolder,
    child: RunningChild,
    trace: SipTrace,
  ) {
    super();
    this.#account = account;
    this.#folder = folder;
    this.#child = child;
    this.#trace = trace;
  }

  /** Starts baresip; it does not register yet. */
  static async start(request: SoftphoneRequest): Promise<Softphone> {
    const { baresip, account, localHost = '127.0.0.3' } = request;
    const folder = makeTemporaryFolder('phone');
    const controlPort = await freeTcpPort();
    const sipPort = await freeUdpPort(localHost);
    const place = { ...request, localHost, sipPort, controlPort, moduleDir: baresip.moduleDir };
    writeFileSync(join(folder.path, 'config'), softphoneConfig(place));
    // Without the file it would write a sample and complain; the account is given over the control connection.
    writeFileSync(join(folder.path, 'accounts'), '');
    const trace = new SipTrace();
    const child = await startChild([...baresip.command, '-4', '-s', '-f', folder.path], {
      cwd: folder.path,
      onLine: (line) => trace.line(line),
    });
    const phone = new Softphone(account, folder, child, trace);
    try {
      phone.#control = await BaresipControl.open(
        controlPort,
        () => !child.hasEnded(),
        (event) => phone.#take(event),
      );
      return phone;
    } catch (error) {
      await phone.stop();
      throw phone.#explained(error);
    }
  }

  /** All calls so far, oldest first. */
  get calls(): readonly SoftphoneCall[] {
    return [...this.#calls.values()];
  }

  /** @throws Error with the registrar's answer when it refuses, or with none within `limitMs` (10 s) */
  async register(limitMs = 10_000): Promise<void> {
    await this.#introduce(true);
    const result = await this.#wait(() => this.#registration, 'the registrar answers', limitMs);
    if (!result.ok) throw this.#explained(new Error(`the registrar refused: ${result.reason}`));
  }

  /** Places a call; see until(). */
  async dial(number: string): Promise<void> {
    await this.#introduce(false);
    await this.#order('dial', number);
  }

  /** Picks up the call that rings, once it does. */
  async answer(limitMs = 10_000): Promise<SoftphoneCall> {
    const call = await this.until('ringing', limitMs);
    await this.#order('accept');
    return this.#wait(() => (call.state === 'talking' ? call : undefined), 'the call is up', limitMs);
  }

  async hangUp(): Promise<void> {
    await this.#order('hangup');
  }

  /** @param keys of 0-9, * and #; sent as RFC 4733 events, one after the other */
  async sendKeys(keys: string): Promise<void> {
    await this.#order('sndcode', keys);
  }

  async hold(): Promise<void> {
    await this.#order('hold');
  }

  async resume(): Promise<void> {
    await this.#order('resume');
  }

  /** Sends the other side on to a number, and is out of the call. */
  async blindTransfer(number: string): Promise<void> {
    const { host, port } = this.#account.registrar;
    await this.#refer(`sip:${number}@${host}:${port}`);
  }

  /** With one call held and a second one up that was dialled: joins the other two, and is out of both. */
  async attendedTransfer(): Promise<void> {
    const [held, asked] = this.calls.filter(({ state }) => state === 'talking');
    const tags = asked && this.#trace.tagsOf(asked.id);
    if (!held || !asked || !tags)
      throw this.#explained(new Error('a transfer needs two calls, the second one dialled'));
    const { host, port } = this.#account.registrar;
    const replaces = encodeURIComponent(`${asked.id};to-tag=${tags.theirs};from-tag=${tags.ours}`);
    await this.#order('callfind', held.id);
    await this.#refer(`<sip:${asked.number}@${host}:${port}?Replaces=${replaces}>`);
  }

  /** Waits for a call that rings here, for a call that is up, or for there to be none. */
  async until(state: 'ringing' | 'talking', limitMs?: number): Promise<SoftphoneCall>;
  async until(state: 'idle', limitMs?: number): Promise<void>;
  async until(state: 'ringing' | 'talking' | 'idle', limitMs = 10_000): Promise<SoftphoneCall | void> {
    const { user } = this.#account;
    if (state !== 'idle') {
      const found = (): SoftphoneCall | undefined =>
        this.calls.find((call) => call.state === state && (call.incoming || state === 'talking'));
      return this.#wait(found, `${user} is ${state}`, limitMs);
    }
    await this.#wait(() => this.calls.every((call) => call.state === 'ended'), `${user} is idle`, limitMs);
  }

  /** Says goodbye to everybody, signs off and ends; after 3 s by force. */
  async stop(): Promise<void> {
    this.#control?.close();
    await this.#child.stop('SIGTERM', 3_000);
    await this.#folder.remove();
  }

  /** Ends it at once, like a power cut: nobody is told. */
  async kill(): Promise<void> {
    this.#control?.close();
    await this.#child.stop('SIGKILL');
    await this.#folder.remove();
  }

  async #introduce(registers: boolean): Promise<void> {
    if (this.#hasAccount) return;
    this.#hasAccount = true;
    await this.#order('uanew', softphoneAccount(this.#account, registers));
  }

  async #refer(target: string): Promise<void> {
    this.#failedTransfers = [];
    const before = this.calls.filter(({ state }) => state === 'talking').length;
    await this.#order('transfer', target);
    const isOut = (): boolean => this.calls.filter(({ state }) => state === 'talking').length < before;
    await this.#wait(() => this.#failedTransfers.length > 0 || isOut(), 'the transfer is done', 10_000);
    const [reason] = this.#failedTransfers;
    if (reason !== undefined) throw this.#explained(new Error(`the transfer failed: ${reason}`));
  }

  async #order(command: string, params?: string): Promise<string> {
    try {
      if (!this.#control) throw new Error('baresip is not running');
      return await this.#control.order(command, params);
    } catch (error) {
      throw this.#explained(error);
    }
  }

  async #wait<T>(probe: () => T, what: string, timeoutMs: number): Promise<NonNullable<T>> {
    try {
      return await until(
        () => {
          if (this.#child.hasEnded()) throw new Error(`baresip ended before ${what}`);
          return probe();
        },
        { what, timeoutMs },
      );
    } catch (error) {
      throw this.#explained(error);
    }
  }

  #explained(error: unknown): Error {
    const said = this.#child.lastLines().map((line) => `  | ${line}`);
    return new Error([error instanceof Error ? error.message : String(error), ...said].join('\n'), {
      cause: error,
    });
  }

  #take({ type, id = '', peeruri = '', direction, param = '' }: BaresipEvent): void {
    if (type === 'REGISTER_OK') this.#registration = { ok: true, reason: '' };
    if (type === 'REGISTER_FAIL') this.#registration = { ok: false, reason: param };
    if (type === 'TRANSFER_FAILED') this.#failedTransfers.push(param);
    if (id === '') return;
    const call = this.#calls.get(id) ?? {
      id,
      number: numberOfUri(peeruri),
      incoming: direction === 'incoming',
      state: 'ringing' as const,
    };
    this.#calls.set(id, call);
    if (type === 'CALL_INCOMING') this.emit('ringing', call);
    if (type === 'CALL_ESTABLISHED') {
      call.state = 'talking';
      this.emit('answered', call);
    }
    if (type === 'CALL_CLOSED' && call.state !== 'ended') {
      call.state = 'ended';
      call.reason = param;
      this.emit('ended', call);
    }
  }
}
