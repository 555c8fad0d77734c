import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { createApp, type App } from '../app.js';
import { AlertStore } from '../alerts/alert-store.js';
import { baseUrlOf, databaseSettings, readConfig } from '../config.js';
import { createLog } from '../log.js';
import { migrate, openDatabase, type Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import { readCarrierRecord } from '../testbed/carrier-record.js';
import type { RunningChild } from '../testbed/child-process.js';
import { findAsterisk } from '../testbed/find-asterisk.js';
import { openStage, stageCallerNumber, stageHotlineNumbers, type Stage } from '../testbed/stage.js';
import { makeTemporaryFolder } from '../testbed/temporary-folder.js';
import { until } from '../testbed/until.js';
import { fillDemo } from './demo-data.js';
import { DemoDoor } from './demo-door.js';
import { fillHotline } from './demo-hotline-data.js';
import { namesOf, readResults } from './demo-store.js';
import { alertList, hotlineNow, ledgerTables, summarizeCheckIns, summarizeHotline } from './demo-summary.js';
import { addDemoUsers } from './demo-users.js';
import { DemoView } from './demo-view.js';
import { HotlineDesk } from './hotline-desk.js';
import { findHotlineMismatches } from './hotline-judge.js';
import { hotlineTables } from './hotline-tables.js';
import { findMismatches } from './judge.js';
import { writePastDays } from './past-store.js';
import { HotlineDemo } from './run-hotline.js';
import { startService } from '../testbed/service-child.js';
import { openPersonalData } from '../personal-data-app.js';

const phases = { wait: '待っています', index: '一覧', download: '取り寄せ', unpack: '展開' };
const callsLimitMs = 10 * 60_000;

export interface DemoOptions {
  /** End when everybody has been called, with the judgement as one line of JSON. */
  once: boolean;
  /** Settles when the user wants to end. */
  interrupted: Promise<void>;
}

/** Runs the whole service on a simulated town. @returns the exit code */
export async function runDemo({ once, interrupted }: DemoOptions): Promise<number> {
  const startedAt = new Date(Number(process.env.GENKIDESU_STARTED_AT ?? performance.timeOrigin));
  const view = new DemoView(process.stdout);
  view.step('げんきです デモ: 電話交換機と40人の町を、この機械の中だけで動かします。');
  view.step('（実際は日や分で待つ再発信を、デモでは秒に縮めています。外の電話にはつながりません。）');
  const install = await findAsterisk({
    onProgress: ({ phase, done, total }) =>
      view.progress(`Asterisk の用意: ${phases[phase]} ${done}/${total}`),
  });
  view.step(`Asterisk ${install.version}`);
  const folder = makeTemporaryFolder('demo');
  let stage: Stage | undefined;
  let app: App | undefined;
  let database: Database | undefined;
  let hotline: HotlineDemo | undefined;
  let service: RunningChild | undefined;
  let door: DemoDoor | undefined;
  let lastLine: string | undefined;
  try {
    stage = await openStage(install, folder.path, { channelCap: 20 });
    const environment = {
      ...stage.environment,
      KEY_SECONDS: '3',
      MAX_ASKS: '2',
      FINISH_SECONDS: '0',
      API_TOKEN: stage.pbx.ariPassword,
      VOICE_KEY: randomBytes(32).toString('hex'),
    };
    const config = readConfig(environment);
    const logFile = createWriteStream(join(folder.path, 'service.log'));
    const log = createLog('info', { write: (line) => logFile.write(line) });
    let fail: (why: string) => void = () => undefined;
    const failed = new Promise<string>((resolve) => (fail = resolve));
    const entrance = (door = new DemoDoor({ view, baseUrl: baseUrlOf(config) }));
    const startHere = async (): Promise<App> => {
      const started = (app = createApp({
        ...{ config, log, watch: view.watch, onFatal: fail },
        loginLinks: true,
      }));
      await started.start();
      return started;
    };
    const openDoor = async ({ users }: App, organization: number): Promise<void> => {
      entrance.opensTo({ links: users.userLinks, users: await addDemoUsers(users, own, organization) });
      await entrance.tell();
    };
    const codec = openPersonalData(config).codec;
    // The demo's own: the service's ends with it, and the demo still looks.
    const own = (database = openDatabase(databaseSettings(config)));
    await migrate(own);
    const dueAt = new Date();
    const organizationId = await fillDemo(own, codec, dueAt);
    await fillHotline(own, codec, organizationId, dueAt);
    await writePastDays(own, config.PBX_ID, 'Asia/Tokyo', dueAt);
    view.knows(await namesOf(own, codec));
    const first = await startHere();
    if (!once) entrance.listenTo(process.stdin);
    await openDoor(first, organizationId);
    view.step('電話をかけはじめます。');
    const desk = new HotlineDesk({ database: own, codec, token: environment.API_TOKEN });
    desk.serviceIsAt(config.HTTP_PORT);
    const play = (hotline = new HotlineDemo(desk));
    const beside = play.besideCheckIns(stage, ({ phase, done, total }) =>
      view.progress(`SIPp（相談員の電話機の役）の用意: ${phases[phase]} ${done}/${total}`),
    );

    const stopWatching = new AbortController();
    void interrupted.then(() => stopWatching.abort());
    const ended = await Promise.race([
      callEverybody(own, codec, dueAt, desk, view, stopWatching.signal).then(async (end) => {
        await beside;
        return end;
      }),
      interrupted.then(() => 'interrupted' as const),
      failed,
    ]);
    if (ended !== 'done') {
      if (ended !== 'interrupted') view.step(`止まりました: ${ended}`);
      return ended === 'interrupted' && !once ? 0 : 1;
    }
    const start = async (): Promise<RunningChild> =>
      (service = await startService(environment, (line) => logFile.write(`${line}\n`)));
    await play.killService({
      replaceService: async () => {
        entrance.opensTo(undefined);
        await first.stop();
        app = undefined;
        return start();
      },
      startAgain: start,
      say: (text) => view.step(text),
    });
    const record = stage.carrierRecordFile;
    await until(() => readCarrierRecord(record).every((call) => call.endedAt), {
      what: 'the last call is over',
      timeoutMs: 10_000,
    });
    const results = await readResults(own, codec, { from: minuteOf(dueAt), until: dueAt });
    const alerts = await new AlertStore(own).findOpen();
    const [calls, tasks] = [await desk.calls(), await desk.tasks()];
    view.step(`\n${await ledgerTables(own, codec)}\n\n${alertList(alerts, await namesOf(own, codec))}`);
    view.step(`\n${hotlineTables(calls, tasks)}`);
    // Softphones may have phoned in meanwhile: only the calls that show our number are ours.
    const carrier = readCarrierRecord(record);
    const ours = carrier.filter(({ from }) => from === stageCallerNumber);
    const mismatches = [
      ...findMismatches(results, ours),
      ...play.broken,
      ...findHotlineMismatches({ calls, tasks, carrier, phones: desk.telephoneCalls() }),
    ];
    if (once) {
      for (const mismatch of mismatches) process.stderr.write(`${mismatch}\n`);
      lastLine = JSON.stringify({
        ...summarizeCheckIns(results, alerts, ours, startedAt),
        mismatches: mismatches.length,
        hotline: summarizeHotline(calls, tasks),
      });
      return mismatches.length === 0 ? 0 : 1;
    }
    view.step(`\n記録と違うところ: ${mismatches.length}件`);
    // Who comes in by a link comes to a service that has them: the one that was killed and came back has none.
    await service?.stop();
    await openDoor(app ?? (await startHere()), organizationId);
    view.step(`様子を見る: ${baseUrlOf(config)}/readyz と /metrics`);
    const at = `${stage.carrier.sipHost}:${stage.carrier.sipPort}`;
    view.step(`電話をかけてみる: sip:${stageCallerNumber}@${at}（折り返しの案内が聞けます）`);
    view.step(`相談電話にかけてみる: sip:${stageHotlineNumbers[0]}@${at}`);
    view.step('終わるには Ctrl-C を押してください。');
    await Promise.race([interrupted, failed]);
    return 0;
  } finally {
    view.step('片付けています…');
    door?.close();
    await hotline?.close();
    await service?.stop();
    await app?.stop();
    await stage?.close();
    await database?.destroy();
    await folder.remove();
    if (lastLine !== undefined) process.stdout.write(`${lastLine}\n`);
  }
}

async function callEverybody(
  database: Database,
  codec: PersonalDataCodec,
  dueAt: Date,
  desk: HotlineDesk,
  view: DemoView,
  stopped: AbortSignal,
): Promise<'done' | 'interrupted'> {
  const until = performance.now() + callsLimitMs;
  while (!stopped.aborted) {
    const results = await readResults(database, codec, { from: minuteOf(dueAt), until: new Date() });
    const open = results.filter(({ state }) => state === 'due' || state === 'calling').length;
    const alerts = results.filter(({ alertReason }) => alertReason !== undefined).length;
    const counts = { due: results.length, done: results.length - open, open, alerts };
    view.draw(counts, hotlineNow(await desk.calls()));
    if (results.length > 0 && open === 0) return 'done';
    if (performance.now() > until) throw new Error('the calls did not come to an end in ten minutes');
    await new Promise((resolve) => setTimeout(resolve, 400));
  }
  return 'interrupted';
}

/** Plans name minutes: who is due now is due at the minute's beginning. */
function minuteOf(at: Date): Date {
  return DateTime.fromJSDate(at).startOf('minute').toJSDate();
}
