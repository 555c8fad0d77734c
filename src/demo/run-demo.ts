import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { createApp, type App } from '../app.js';
import { AlertStore, type OpenAlert } from '../alerts/alert-store.js';
import { LedgerStore } from '../checkins/ledger-store.js';
import { localDate } from '../checkins/local-day.js';
import { dayTable } from '../cli/day-table.js';
import { readConfig } from '../config.js';
import { createLog } from '../log.js';
import { migrate } from '../storage/database.js';
import { createPersonalDataCodec, type PersonalDataCodec } from '../storage/personal-data.js';
import { readCarrierRecord } from '../testbed/carrier-record.js';
import { findAsterisk } from '../testbed/find-asterisk.js';
import { openStage, stageCallerNumber, type Stage } from '../testbed/stage.js';
import { makeTemporaryFolder } from '../testbed/temporary-folder.js';
import { until } from '../testbed/until.js';
import { fillDemo } from './demo-data.js';
import { namesOf, readResults } from './demo-store.js';
import { DemoView } from './demo-view.js';
import { findMismatches, type PersonResult } from './judge.js';

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
  let lastLine: string | undefined;
  try {
    stage = await openStage(install, folder.path, { channelCap: 20 });
    const config = readConfig({
      ...stage.environment,
      KEY_SECONDS: '3',
      MAX_ASKS: '2',
      FINISH_SECONDS: '0',
      API_TOKEN: stage.pbx.ariPassword,
    });
    const logFile = createWriteStream(join(folder.path, 'service.log'));
    const log = createLog('info', { write: (line) => logFile.write(line) });
    let fail: (why: string) => void = () => undefined;
    const failed = new Promise<string>((resolve) => (fail = resolve));
    app = createApp({ config, log, watch: view.watch, onFatal: fail });
    const codec = createPersonalDataCodec(config.LOOKUP_KEY);
    await migrate(app.database);
    const dueAt = new Date();
    await fillDemo(app.database, codec, dueAt);
    view.knows(await namesOf(app.database, codec));
    const port = await app.start();
    view.step('電話をかけはじめます。');

    const stopWatching = new AbortController();
    void interrupted.then(() => stopWatching.abort());
    const ended = await Promise.race([
      callEverybody(app, codec, view, stopWatching.signal),
      interrupted.then(() => 'interrupted' as const),
      failed,
    ]);
    if (ended !== 'done') {
      if (ended !== 'interrupted') view.step(`止まりました: ${ended}`);
      return ended === 'interrupted' && !once ? 0 : 1;
    }
    const record = stage.carrierRecordFile;
    await until(() => readCarrierRecord(record).every((call) => call.endedAt), {
      what: 'the last call is over',
      timeoutMs: 10_000,
    });
    const results = await readResults(app.database, codec, dueAt);
    const alerts = await new AlertStore(app.database).findOpen();
    view.step(`\n${await tables(app, codec)}\n\n${alertList(alerts, await namesOf(app.database, codec))}`);
    // Softphones may have phoned in meanwhile: only the calls that show our number are ours.
    const ours = readCarrierRecord(record).filter(({ from }) => from === stageCallerNumber);
    const summary = summarize(results, alerts, ours, startedAt);
    if (once) {
      for (const mismatch of summary.mismatches) process.stderr.write(`${mismatch}\n`);
      lastLine = JSON.stringify({ ...summary, mismatches: summary.mismatches.length });
      return summary.mismatches.length === 0 ? 0 : 1;
    }
    view.step(`\n記録と違うところ: ${summary.mismatches.length}件`);
    view.step(`様子を見る: http://127.0.0.1:${port}/readyz と /metrics`);
    view.step(
      `電話をかけてみる: sip:${stageCallerNumber}@${stage.carrier.sipHost}:${stage.carrier.sipPort}（折り返しの案内が聞けます）`,
    );
    view.step('終わるには Ctrl-C を押してください。');
    await Promise.race([interrupted, failed]);
    return 0;
  } finally {
    view.step('片付けています…');
    await app?.stop();
    await stage?.close();
    await folder.remove();
    if (lastLine !== undefined) process.stdout.write(`${lastLine}\n`);
  }
}

async function callEverybody(
  app: App,
  codec: PersonalDataCodec,
  view: DemoView,
  stopped: AbortSignal,
): Promise<'done' | 'interrupted'> {
  const until = performance.now() + callsLimitMs;
  while (!stopped.aborted) {
    const results = await readResults(app.database, codec, new Date());
    const open = results.filter(({ state }) => state === 'due' || state === 'calling').length;
    const alerts = results.filter(({ alertReason }) => alertReason !== undefined).length;
    view.draw({ due: results.length, done: results.length - open, open, alerts });
    if (results.length > 0 && open === 0) return 'done';
    if (performance.now() > until) throw new Error('the calls did not come to an end in ten minutes');
    await new Promise((resolve) => setTimeout(resolve, 400));
  }
  return 'interrupted';
}

async function tables(app: App, codec: PersonalDataCodec): Promise<string> {
  const ledgers = new LedgerStore({ database: app.database, codec });
  const now = new Date();
  const days = [];
  for (const station of await ledgers.stations()) {
    const day = await ledgers.day(station.id, localDate(now, station.timeZone), now);
    if (day) days.push(day);
  }
  return dayTable(days);
}

function alertList(alerts: readonly OpenAlert[], names: ReadonlyMap<number, string>): string {
  const lines = alerts.map(
    ({ id, reason, subscriberId }) =>
      `  #${id} ${names.get(subscriberId ?? 0) ?? '運営'}: ${alertWords[reason] ?? reason}`,
  );
  return [`■ まだ人が確かめていないお知らせ（${alerts.length}件）`, ...lines].join('\n');
}

const alertWords: Readonly<Record<string, string>> = {
  unwell: '体調不良',
  contactRequested: '電話がほしい',
  hungUpEarly: '途中で切れた',
  numberInvalid: '番号が使われていない',
  noResponse: '応答なし',
  weCouldNotCall: 'こちらから発信できなかった',
};

function summarize(
  results: readonly PersonResult[],
  alerts: readonly OpenAlert[],
  calls: ReturnType<typeof readCarrierRecord>,
  startedAt: Date,
) {
  const count = (reason: string): number => alerts.filter((alert) => alert.reason === reason).length;
  const answers = calls.flatMap(({ answeredAt }) => (answeredAt ? [answeredAt.getTime()] : []));
  return {
    due: results.length,
    ok: results.filter(({ state, result }) => state === 'answered' && result === 'ok').length,
    unwell: count('unwell'),
    contactRequested: count('contactRequested'),
    hungUpEarly: count('hungUpEarly'),
    numberInvalid: count('numberInvalid'),
    noResponse: count('noResponse'),
    alerts: alerts.length,
    attempts: results.reduce((sum, { attempts }) => sum + attempts, 0),
    carrierCalls: calls.length,
    firstAnswerSeconds: Math.round((Math.min(...answers) - startedAt.getTime()) / 100) / 10,
    seconds: Math.round((Date.now() - startedAt.getTime()) / 1000),
    mismatches: findMismatches(results, calls),
  };
}
