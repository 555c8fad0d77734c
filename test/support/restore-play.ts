import { rmSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { LedgerStore } from '../../src/checkins/ledger-store.js';
import { localDate } from '../../src/checkins/local-day.js';
import { numberOf } from '../../src/demo/simulated-people.js';
import { projectRoot } from '../../src/project-root.js';
import { openDatabase, type Database } from '../../src/storage/database.js';
import type { CarrierCall } from '../../src/testbed/carrier-record.js';
import { startChild } from '../../src/testbed/child-process.js';
import { until } from '../../src/testbed/until.js';
import { addConsoleUser } from './console-users.js';
import { Visitor } from './http-visitor.js';
import { codecOf } from './test-codec.js';
import { quickPolicy, Town } from './pbx-town.js';
import { ServiceProcess } from './service-process.js';

const peopleCount = 26;
const heldForMs = 6000;

/** What came of a backup that was taken during calls, and returned into an empty folder. */
export interface RestorePlay {
  /** The day as it was at the moment of the backup, and as it is after the return, line by line. */
  ledgerIdentical: boolean;
  /** Calls that the carrier saw between the return and the operator's word. */
  dialledWhileHeld: number;
  /** What the service said of itself meanwhile. */
  readyzTold: string[];
  /** People whose telephone rang after the backup: the returned data knew nothing of it. */
  calledAfterBackup: number;
  /** Of these, how many the service found in the exchange's record, and told to their stations. */
  toldToStations: number;
  calledTwice: number;
  /** Check-ins that neither were answered nor became an alert. */
  forgotten: number;
  /** Calls that were made once the operator had let them. */
  dialledAfterRelease: number;
}

/** Backup during calls → the service dies and its data is wiped → return → nothing is dialled → release. */
export async function playRestore(): Promise<RestorePlay> {
  const numbers = Array.from({ length: peopleCount }, (_, which) => numberOf('24', which));
  const settings = { STARTS_PER_SECOND: '2', BACKUP_KEY: 'a long sentence that nobody guesses' };
  const town = await Town.open({ channelCap: 5, settings });
  const services = [new ServiceProcess(town.environment)];
  let returned: Database | undefined;
  try {
    await town.people(numbers, quickPolicy());
    const [first] = services;
    await first?.start();
    await carrierHas(town, 8, ({ answeredAt }) => answeredAt !== undefined);
    const file = join(town.folder.path, 'all.gkb');
    const before = await backUp(town, first, file);

    // Life goes on for a while, and is forgotten with the data.
    await carrierHas(town, 3, ({ startedAt, endedAt }) => startedAt > before.at && endedAt !== undefined);
    await first?.kill();
    rmSync(town.environment.GENKIDESU_DATA ?? '', { recursive: true });

    const dataFolder = join(town.folder.path, 'returned');
    const environment: Record<string, string> = { ...town.environment, GENKIDESU_DATA: dataFolder };
    await run(environment, 'restore', file, '--into', dataFolder);
    returned = openDatabase({ engine: 'sqlite', file: join(dataFolder, 'genkidesu.db') });
    const after = await ledgersOf(returned, environment, before.at);
    const operator = await addConsoleUser(
      { database: returned, environment },
      { role: 'operator', organizationId: undefined, mail: 'operator@example.jp' },
    );

    const second = new ServiceProcess(environment);
    services.push(second);
    const startedAt = new Date();
    await second.start();
    await second.logged('dialling.held', 60_000);
    await second.logged('service.started', 60_000);
    const open = returned;
    await until(async () => (await open('attempts').where({ state: 'calling' }).select('id')).length === 0, {
      ...{ what: 'the calls of before are settled', timeoutMs: 60_000, everyMs: 200 },
    });
    await until(() => Date.now() - startedAt.getTime() > heldForMs, {
      what: 'nobody is called',
      timeoutMs: 60_000,
    });
    const url = `http://127.0.0.1:${environment.HTTP_PORT ?? ''}`;
    const visitor = Object.assign(new Visitor(url), { cookie: `genkidesu=${operator.sessionToken}` });
    const ready = (await visitor.get('/readyz')).body as { holds?: { reason: string }[] };
    const { told, releasedAt } = await release(visitor);

    await until(async () => (await openCheckins(open)) === 0, {
      ...{ what: 'everybody is settled', timeoutMs: 180_000, everyMs: 300 },
    });
    await second.stop();
    const calls = town.carrierCalls();
    const forgottenCalls = calls.filter((call) => call.startedAt > before.at && call.startedAt < startedAt);
    const later = new Set(calls.filter((call) => call.startedAt >= releasedAt).map(({ number }) => number));
    const called = new Set(forgottenCalls.filter(rang).map(({ number }) => number));
    return {
      ledgerIdentical: isDeepStrictEqual(after, before.ledgers),
      dialledWhileHeld: calls.filter((call) => call.startedAt >= startedAt && call.startedAt < releasedAt)
        .length,
      readyzTold: (ready.holds ?? []).map(({ reason }) => reason),
      calledAfterBackup: called.size,
      toldToStations: told,
      calledTwice: [...called].filter((number) => later.has(number)).length,
      forgotten: peopleCount - (await endedCheckins(open)),
      dialledAfterRelease: later.size,
    };
  } catch (error) {
    const said = services.map(({ lines }) => lines.slice(-15).join('\n')).join('\n--\n');
    throw new Error(`${String(error)}; the services said last:\n${said}`, { cause: error });
  } finally {
    await Promise.all(services.map((service) => service.kill()));
    await returned?.destroy();
    await town.close();
  }
}

const rang = ({ ringingAt, answeredAt }: CarrierCall): boolean => (ringingAt ?? answeredAt) !== undefined;

/**
 * Takes the backup while calls go on. The service stands still from before the backup's moment until the backup has
 * begun to write, so that the day of that very moment can be read beside it; then it goes on, and the backup with it.
 */
async function backUp(
  town: Town,
  service: ServiceProcess | undefined,
  file: string,
): Promise<{ at: Date; ledgers: unknown }> {
  service?.signal('SIGSTOP');
  const writing = run(town.environment, 'backup', file, '--json');
  await Promise.race([
    writing,
    until(() => existsSync(`${file}.part`), { what: 'the backup begins', timeoutMs: 60_000 }),
  ]);
  const read = async (at: Date): Promise<unknown> => ledgersOf(town.database, town.environment, at);
  const guess = new Date();
  const early = await read(guess);
  service?.signal('SIGCONT');
  const { at } = JSON.parse(await writing) as { at: string };
  return { at: new Date(at), ledgers: early };
}

/** The ledgers of all stations' day, without the moment at which they were read. */
async function ledgersOf(
  database: Database,
  environment: Record<string, string>,
  at: Date,
): Promise<unknown> {
  const ledgers = new LedgerStore({ database, codec: codecOf(environment) });
  return Promise.all(
    (await ledgers.stations()).map(async ({ id, timeZone }) => {
      const ledger = await ledgers.day(id, localDate(at, timeZone), at);
      return { lines: ledger?.lines, counts: ledger?.counts, headline: ledger?.headline };
    }),
  );
}

/** @returns the moment of the operator's word: the first call may be on its way before its answer is */
async function release(visitor: Visitor): Promise<{ told: number; releasedAt: Date }> {
  const holds = (await visitor.get('/api/holds')).body as unknown as { id: number }[];
  const [hold] = holds;
  const releasedAt = new Date();
  const released = await visitor.post(`/api/holds/${hold?.id ?? 0}/release`, { called: 'alert' });
  if (released.status !== 200) throw new Error(`not released: ${released.status} ${released.code ?? ''}`);
  return { told: Number(released.body.told), releasedAt };
}

async function openCheckins(database: Database): Promise<number> {
  return (await database('check_ins').whereIn('state', ['due', 'calling']).select('id')).length;
}

async function endedCheckins(database: Database): Promise<number> {
  const answered = await database('check_ins').where({ state: 'answered' }).select('id');
  const told = await database('check_ins as c')
    .join('alerts as a', 'a.check_in_id', 'c.id')
    .where({ 'c.state': 'alerted', 'a.state': 'open' })
    .select('c.id');
  return answered.length + told.length;
}

async function carrierHas(town: Town, count: number, isSo: (call: CarrierCall) => boolean): Promise<void> {
  await until(() => town.carrierCalls().filter(isSo).length >= count, {
    ...{ what: `the carrier has ${count} such calls`, timeoutMs: 120_000, everyMs: 50 },
  });
}

/** Runs a command of the compiled program to its end. @returns what it printed */
async function run(environment: Record<string, string>, ...args: string[]): Promise<string> {
  const lines: string[] = [];
  const child = await startChild([process.execPath, join(projectRoot, 'dist/src/main.js'), ...args], {
    env: { ...process.env, ...environment },
    onLine: (line) => lines.push(line),
  });
  const end = await child.ended;
  if (end.code !== 0) throw new Error(`${args.join(' ')}: ${lines.join('\n')}`);
  return lines.findLast((line) => line.startsWith('{')) ?? '';
}
