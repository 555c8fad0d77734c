import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { projectRoot } from '../project-root.js';
import { startService } from '../testbed/service-child.js';
import { findSipp, type SippInstall } from '../testbed/find-sipp.js';
import { managerOf } from '../testbed/manager-of.js';
import { runCallers, type Callers } from '../testbed/sipp-callers.js';
import { runCounsellors, type Counsellors } from '../testbed/sipp-counsellors.js';
import { stageHotlineNumbers, type Stage } from '../testbed/stage.js';
import { until } from '../testbed/until.js';
import { benchNumber } from './bench-people.js';
import { BenchError } from './bench-error.js';
import { hotlineResult, type HotlineBenchResult } from './hotline-result.js';
import { openScreen, type HotlineScreen } from './hotline-screen.js';
import { counsellorsWanted } from './hotline-steering.js';
import { benchSlot, HotlineTown } from './hotline-town.js';
import { onBenchStage } from './on-bench-stage.js';
import { processUsage } from './process-usage.js';
import { progressLine, watchProgress } from './progress.js';

export interface HotlineBenchOptions {
  minutes: number;
  callsPerSecond: number;
  /** People in the queue all the time. */
  waiting: number;
  phones: number;
}

const talkSeconds = 2;
/** Those who make the queue come this fast. */
const fillPerSecond = 10;
const patienceSeconds = 300;

/**
 * Lets SIPp phone us as the carrier does, and SIPp's telephones answer. The queue keeps its length: first as many
 * people come as shall wait, then calls arrive at the wanted rate, and once a second just as many counsellors are
 * let out of their pause, or sent into it, as serve that rate. At the end all of them work until nobody waits.
 */
export async function benchHotline(options: HotlineBenchOptions): Promise<HotlineBenchResult> {
  const token = randomBytes(18).toString('base64url');
  return onBenchStage(
    options.waiting + 2 * options.phones + 40,
    (stage) => HotlineTown.open(stage, options.phones),
    (stage, town) => withService(stage, town, token, options),
  );
}

async function withService(
  stage: Stage,
  town: HotlineTown,
  token: string,
  options: HotlineBenchOptions,
): Promise<HotlineBenchResult> {
  const sipp = await findSipp();
  const settings = { API_TOKEN: token, VOICE_KEY: randomBytes(32).toString('hex') };
  const service = await startService({ ...stage.environment, ...settings });
  let screen: HotlineScreen | undefined;
  let telephones: Counsellors | undefined;
  const lines: Callers[] = [];
  try {
    await prepareExchange(stage, town);
    screen = await openScreen(Number(stage.environment.HTTP_PORT), token, town.organizationId);
    telephones = await connectTelephones(stage, town, sipp);
    for (const { extension } of town.accounts) {
      await screen.order(extension, 'login');
      await screen.order(extension, 'pause', { reason: '計測' });
    }
    const waiting = await phoneAndSteer(stage, sipp, screen, lines, options);
    await until(async () => (await town.callsOpen()) === 0, {
      what: 'all calls are taken in',
      timeoutMs: 30_000,
    });
    const usage = processUsage(service.pid);
    if (!usage) throw new BenchError('the service has ended before the calls did');
    return hotlineResult({
      callers: lines.flatMap((one) => one.calls()),
      steady: lines.at(-1)?.calls() ?? [],
      phones: telephones.calls(),
      rows: await town.incomingCalls(),
      cards: screen.cards,
      waiting,
      usage,
      ordersRefused: screen.refused.count,
    });
  } finally {
    screen?.close();
    await Promise.all([...lines, ...(telephones ? [telephones] : [])].map((one) => one.stop()));
    await service.stop('SIGTERM', 10_000);
  }
}

/** A beep greets, and the service has told the exchange of its counsellors. */
async function prepareExchange(stage: Stage, town: HotlineTown): Promise<void> {
  const pbx = await managerOf(stage.pbx);
  try {
    const greeting = join(projectRoot, 'sounds', 'beep');
    const family = `hotline-line/${benchSlot}`;
    await pbx.action({ action: 'DBPut', family, key: 'greeting', val: greeting });
    const last = `hotline-counsellor/${town.accounts.at(-1)?.extension ?? ''}`;
    const isTold = (): Promise<boolean> =>
      pbx.action({ action: 'DBGet', family: last, key: 'lines' }, { list: true }).then(
        () => true,
        () => false,
      );
    await until(isTold, { what: 'the accounts are made', timeoutMs: 60_000, everyMs: 200 });
  } finally {
    pbx.stop();
  }
}

function connectTelephones(stage: Stage, town: HotlineTown, sipp: SippInstall): Promise<Counsellors> {
  return runCounsellors({
    sipp,
    registrar: { host: stage.pbx.sipHost, port: stage.pbx.sipPort },
    phones: town.accounts.map(({ extension, secret }) => ({ user: extension, password: secret })),
    ringSeconds: 0,
    talkSeconds: [talkSeconds],
  });
}

/** @param lines is given the callers @returns how many waited, second by second, from when the queue was there */
async function phoneAndSteer(
  { pbx, carrier }: Stage,
  sipp: SippInstall,
  screen: HotlineScreen,
  lines: Callers[],
  options: HotlineBenchOptions,
): Promise<number[]> {
  const { waiting: target, callsPerSecond, minutes } = options;
  const steady = Math.max(1, Math.round(minutes * 60 * callsPerSecond));
  const phone = async (first: number, calls: number, perSecond: number): Promise<Callers> => {
    const callers = await runCallers({
      sipp,
      target: { host: pbx.sipHost, port: pbx.sipPort },
      localHost: carrier.sipHost,
      number: stageHotlineNumbers[0],
      callerNumbers: Array.from({ length: calls }, (_, index) => benchNumber(first + index)),
      callsPerSecond: perSecond,
      calls,
      mostAtOnce: 1000,
      patienceSeconds,
    });
    lines.push(callers);
    return callers;
  };
  const length = (): number => screen.picture()?.lines[0]?.waiting.length ?? 0;
  if (target > 0) await phone(1, target, fillPerSecond);
  await until(() => length() >= target, { what: 'the queue is there', timeoutMs: 60_000 });

  const all = target + steady;
  const steering = new Steering(screen, options);
  const seen: number[] = [];
  await phone(target + 1, steady, callsPerSecond);
  await watchProgress(all, progressLine('calls', all), async () => {
    const calls = lines.flatMap((one) => one.calls());
    if (calls.length < all) seen.push(length());
    await steering.steer(calls.length < all ? length() : undefined);
    return calls.filter(({ endedAt }) => endedAt !== undefined).length;
  });
  return seen;
}

/** Lets counsellors out of their pause and sends them into it, as many as the queue needs. */
class Steering {
  readonly #screen: HotlineScreen;
  readonly #options: HotlineBenchOptions;
  readonly #extensions: string[];
  #there = 0;

  constructor(screen: HotlineScreen, options: HotlineBenchOptions) {
    this.#screen = screen;
    this.#options = options;
    this.#extensions = Array.from({ length: options.phones }, (_, index) => String(101 + index));
  }

  /** @param waiting undefined when nobody comes any more: then everybody works */
  async steer(waiting: number | undefined): Promise<void> {
    const { waiting: target, callsPerSecond, phones } = this.#options;
    const wanted =
      waiting === undefined ? phones : counsellorsWanted(waiting, { target, callsPerSecond, phones });
    for (; this.#there < wanted; this.#there++)
      await this.#screen.order(this.#extensions[this.#there] ?? '', 'resume');
    for (; this.#there > wanted; this.#there--)
      await this.#screen.order(this.#extensions[this.#there - 1] ?? '', 'pause', { reason: '計測' });
  }
}
