import { randomBytes } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { addSession } from '../testbed/console-session.js';
import { findSipp } from '../testbed/find-sipp.js';
import { startService } from '../testbed/service-child.js';
import { runCallers } from '../testbed/sipp-callers.js';
import { runCounsellors } from '../testbed/sipp-counsellors.js';
import { stageHotlineNumbers, type Stage } from '../testbed/stage.js';
import { until } from '../testbed/until.js';
import { BenchError } from './bench-error.js';
import { benchNumber } from './bench-people.js';
import { openBenchBrowser, openDesk, timeToShow } from './console-browser.js';
import { writeConsoleTown } from './console-town.js';
import { openScreen, type HotlineScreen } from './hotline-screen.js';
import { HotlineTown } from './hotline-town.js';
import { onBenchStage } from './on-bench-stage.js';
import { median, percentile } from './percentile.js';
import { processUsage } from './process-usage.js';

export interface ConsoleBenchOptions {
  /** Subscribers of the tenant. */
  people: number;
  /** Of these, on one station's list of today. */
  today: number;
  calls: number;
}

/** Milliseconds, as people at the screens meet them. */
export interface ConsoleBenchResult {
  people: number;
  today: number;
  /** From opening the page to the list on the screen, median of five; the first look is not counted. */
  todayListMs: number;
  /** One search among all people, over HTTP. */
  searchP95Ms: number;
  searchP50Ms: number;
  /** From the counsellor's telephone picking up to the card on the screen. */
  answerToCardMs: number;
  /** From asking for the start page to its heading, on a processor four times slower, nothing kept from before. */
  firstPaintMs: number;
  serviceRssMB: number;
}

const extension = '101';
const talkSeconds = 4;
const looks = 5;
/** The first words of the start page, which nobody sees who is not logged in. */
const headingSelector = '[data-testid="sentence"]';
const todaySelector = '[data-checkin]';
const cardSelector = '[data-testid="card"]';

/** Looks at the console as a station and a counsellor do, on a tenant as large as it gets. */
export async function benchConsole(options: ConsoleBenchOptions): Promise<ConsoleBenchResult> {
  return onBenchStage(
    20,
    (stage) => HotlineTown.open(stage, 1),
    (stage, town) => onStage(stage, town, options),
  );
}

async function onStage(
  stage: Stage,
  town: HotlineTown,
  { people, today, calls }: ConsoleBenchOptions,
): Promise<ConsoleBenchResult> {
  const { database, organizationId } = town;
  const console = await writeConsoleTown(database, town.codec, {
    organizationId,
    people,
    calledToday: today,
  });
  const user = { organizationId, mail: 'station@genki.test', name: '計測 ステーション' } as const;
  const station = await addSession(town, { ...user, role: 'station', stationIds: [console.stationId] });
  const [counsellorId] = await database('counsellors').pluck<number[]>('id');
  const desk = { ...user, mail: 'desk@genki.test', role: 'counsellor', counsellorId } as const;
  const counsellor = await addSession(town, desk);
  const token = randomBytes(18).toString('base64url');
  const settings = { API_TOKEN: token, VOICE_KEY: randomBytes(32).toString('hex') };
  const service = await startService({ ...stage.environment, ...settings });
  let browser: Browser | undefined;
  try {
    const port = Number(stage.environment.HTTP_PORT);
    const url = `http://127.0.0.1:${port}`;
    browser = await openBenchBrowser();
    const firstPaintMs = await medianOf(looks, async () => {
      if (!browser) throw new BenchError('no browser');
      const page = await openDesk(browser, url, { session: station, shown: headingSelector });
      const ms = await timeToShow(page, `${url}/`, 4);
      await page.context().close();
      return ms;
    });
    const page = await openDesk(browser, url, { session: station, shown: todaySelector });
    const look = (): Promise<number> => timeToShow(page, `${url}/today`);
    await look();
    const todayListMs = await medianOf(looks, look);
    const searches = await timeSearches(url, station, console.searches);
    const screen = await openScreen(port, token, organizationId);
    const answerToCardMs = await timeCards(
      stage,
      town,
      screen,
      await openDesk(browser, url, { session: counsellor, shown: cardSelector }),
      url,
      calls,
    );
    screen.close();
    return {
      people,
      today,
      todayListMs: Math.round(todayListMs),
      searchP95Ms: round(percentile(searches, 0.95)),
      searchP50Ms: round(median(searches)),
      answerToCardMs: Math.round(answerToCardMs),
      firstPaintMs: Math.round(firstPaintMs),
      serviceRssMB: Math.round(processUsage(service.pid)?.rssMB ?? 0),
    };
  } finally {
    await browser?.close();
    await service.stop('SIGTERM', 10_000);
  }
}

async function medianOf(times: number, work: () => Promise<number>): Promise<number> {
  const all: number[] = [];
  for (let time = 0; time < times; time++) all.push(await work());
  return median(all);
}

async function timeSearches(url: string, session: string, searches: readonly string[]): Promise<number[]> {
  const times: number[] = [];
  for (const [index, text] of ['さ', ...searches].entries()) {
    const startedAt = performance.now();
    const answer = await fetch(`${url}/api/subscribers/search`, {
      method: 'POST',
      headers: { cookie: `genkidesu=${session}`, origin: url, 'content-type': 'application/json' },
      body: JSON.stringify({ text }),
    });
    await answer.text();
    if (!answer.ok) throw new BenchError(`a search was answered with ${answer.status}`);
    // The first one reads everybody.
    if (index > 0) times.push(performance.now() - startedAt);
  }
  return times;
}

/** Calls come one after another; each one's card must stand on the counsellor's screen. @returns the median, in ms */
async function timeCards(
  stage: Stage,
  town: HotlineTown,
  screen: HotlineScreen,
  page: Page,
  url: string,
  calls: number,
): Promise<number> {
  const sipp = await findSipp();
  const phones = await runCounsellors({
    sipp,
    registrar: { host: stage.pbx.sipHost, port: stage.pbx.sipPort },
    phones: town.accounts.map((account) => ({ user: account.extension, password: account.secret })),
    ringSeconds: 0.5,
    talkSeconds: [talkSeconds],
  });
  try {
    await screen.order(extension, 'login');
    await page.addInitScript(cardWatch);
    await page.goto(`${url}/desk`);
    await page.locator('h1').first().waitFor();
    const callers = await runCallers({
      sipp,
      target: { host: stage.pbx.sipHost, port: stage.pbx.sipPort },
      localHost: stage.carrier.sipHost,
      number: stageHotlineNumbers[0],
      callerNumbers: Array.from({ length: calls }, (_none, index) => benchNumber(index + 1)),
      callsPerSecond: 1,
      calls,
      mostAtOnce: 1,
      patienceSeconds: 60,
    });
    await callers.over;
    const answered = phones
      .calls()
      .flatMap(({ answeredAt }) => (answeredAt === undefined ? [] : [answeredAt]));
    const cardsSeen = (): Promise<number[]> => page.evaluate<number[]>('globalThis.cardsSeen');
    await until(async () => (await cardsSeen()).length >= answered.length, {
      what: 'each call has its card',
      timeoutMs: 20_000,
      everyMs: 200,
    });
    const seen = await cardsSeen();
    return median(answered.map((at, index) => (seen[index] ?? Number.NaN) - at));
  } finally {
    await phones.stop();
  }
}

/** Notes in the page when each call's card was painted, in epoch ms. */
const cardWatch = `(() => {
  const seen = (globalThis.cardsSeen = []);
  const known = new Set();
  const look = () => {
    for (const card of document.querySelectorAll(${JSON.stringify(cardSelector)})) {
      const call = card.getAttribute('data-call');
      if (!call || known.has(call)) continue;
      known.add(call);
      requestAnimationFrame(() => seen.push(performance.timeOrigin + performance.now()));
    }
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
})();`;

function round(value: number): number {
  return Number(value.toFixed(1));
}
