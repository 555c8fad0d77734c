import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AmiFields, AmiLink } from '../../src/asterisk/ami/ami-link.js';
import type { TrunkFile } from '../../src/asterisk/config/trunk-settings.js';
import { projectRoot } from '../../src/project-root.js';
import { findAsterisk } from '../../src/testbed/find-asterisk.js';
import { openStage, type Stage } from '../../src/testbed/stage.js';
import { makeTemporaryFolder } from '../../src/testbed/temporary-folder.js';
import { until } from '../../src/testbed/until.js';
import { channelsOf, managerOf } from './exchange.js';

/** One line of the queue log. */
export interface QueueLine {
  uid: string;
  queue: string;
  agent: string;
  event: string;
  data: string[];
}

/** A stage for calls to the hotline, with nothing of our service running. */
export interface HotlineStage {
  readonly stage: Stage;
  readonly pbx: AmiLink;
  readonly carrier: AmiLink;
  /** What Asterisk warned of so far. */
  warnings(): string;
  lines(): QueueLine[];
  /** The story of the caller who shows this number: their lines, once the call is over. */
  story(number: string): Promise<QueueLine[]>;
  /** Waits for an event of the caller who shows this number. */
  event(number: string, event: string): Promise<QueueLine>;
  /** Waits for one line. */
  line(isIt: (line: QueueLine) => boolean, what: string): Promise<QueueLine>;
  /** Waits until a caller, if their number is shown, hears a question in a part of the dialplan. */
  asks(number: string, context: string): Promise<unknown>;
  /** Puts an account into a line's queue, as the service does over AMI. */
  logIn(extension: string, slot: number): Promise<void>;
  put(family: string, key: string, value: string): Promise<void>;
  /** A value of AstDB; empty when there is none. */
  get(family: string, key: string): Promise<string>;
  setClock(iso: string | undefined): Promise<void>;
  /** Greets with a beep, so that a test need not listen to the stock greeting. */
  shortGreeting(slot: string): Promise<void>;
  /** An account whose telephone is somebody of the carrier: `as` says how they behave. */
  counsellor(extension: string, as: string): Promise<void>;
  close(): Promise<void>;
}

export async function openHotlineStage(trunk: Partial<TrunkFile> = {}): Promise<HotlineStage> {
  const folder = makeTemporaryFolder('hotline');
  const stage = await openStage(await findAsterisk(), folder.path, { channelCap: 20, trunk });
  const [pbx, carrier] = [await managerOf(stage.pbx), await managerOf(stage.carrier)];
  const lines = (): QueueLine[] => queueLines(readFileSync(join(stage.pbx.dir, 'log', 'queue_log'), 'utf8'));
  const patience = { timeoutMs: 120_000, everyMs: 50 };
  const storyOf = (number: string): QueueLine[] => {
    const uid = lines().find(({ event, data }) => event === 'ARRIVED' && data[1] === number)?.uid;
    return lines().filter((line) => line.uid === uid);
  };
  const found = async (find: () => QueueLine | undefined, what: string): Promise<QueueLine> => {
    let line: QueueLine | undefined;
    await until(() => (line = find()) !== undefined, { what, ...patience });
    if (!line) throw new Error(what);
    return line;
  };
  const put: HotlineStage['put'] = async (family, key, value) => {
    await pbx.action({ action: 'DBPut', family, key, val: value });
  };
  return {
    stage,
    pbx,
    carrier,
    lines,
    warnings: () => readFileSync(join(stage.pbx.dir, 'log', 'messages.log'), 'utf8'),
    line: async (isIt, what) => found(() => lines().find(isIt), what),
    story: async (number) => {
      await until(() => storyOf(number).some(({ event }) => event === 'LEFT'), {
        what: 'the call is over',
        ...patience,
      });
      return storyOf(number);
    },
    event: async (number, wanted) =>
      found(() => storyOf(number).find(({ event }) => event === wanted), wanted),
    asks: (number, context) =>
      until(
        async () =>
          (await channelsOf(pbx)).some(
            (channel) =>
              (number === '' || channel.calleridnum === number) &&
              channel.context === context &&
              channel.application === 'Read',
          ),
        { what: `${number} is asked in ${context}`, timeoutMs: 20_000, everyMs: 20 },
      ),
    logIn: async (extension, slot) => {
      await pbx.action({
        action: 'QueueAdd',
        queue: `line-${slot}`,
        interface: `PJSIP/${extension}`,
        membername: extension,
      });
    },
    put,
    shortGreeting: async (slot) => put(`hotline-line/${slot}`, 'greeting', join(projectRoot, 'sounds/beep')),
    get: async (family, key) => {
      const [found] = await pbx
        .action({ action: 'DBGet', family, key }, { list: true })
        .catch(() => [] as AmiFields[]);
      return String(found?.val ?? '');
    },
    setClock: async (iso) => {
      const value = iso === undefined ? '' : String(new Date(iso).getTime() / 1000);
      await pbx.action({ action: 'Setvar', variable: 'HOTLINE_CLOCK', value });
    },
    counsellor: async (extension, as) => {
      const contact = `sip:${as}@${stage.carrier.sipHost}:${stage.carrier.sipPort}`;
      await makeAccount(stage, extension, contact);
    },
    close: async () => {
      pbx.stop();
      carrier.stop();
      await stage.close();
      await folder.remove();
    },
  };
}

/** Monday, 30 November 2026, 11:00 in Japan: open. */
export const openHour = '2026-11-30T11:00:00+09:00';

function queueLines(text: string): QueueLine[] {
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const [, uid = '', queue = '', agent = '', event = '', ...data] = line.split('|');
      return { uid, queue, agent, event, data };
    });
}

/** Makes a SIP account over ARI, as the service does. */
async function makeAccount(stage: Stage, extension: string, contact: string): Promise<void> {
  const put = async (type: string, fields: Record<string, string>): Promise<void> => {
    const url = `http://127.0.0.1:${stage.pbx.httpPort}/ari/asterisk/config/dynamic/res_pjsip/${type}/${extension}`;
    const response = await fetch(url, {
      method: 'PUT',
      headers: {
        'content-type': 'application/json',
        authorization: `Basic ${Buffer.from(`genkidesu:${stage.pbx.ariPassword}`).toString('base64')}`,
      },
      body: JSON.stringify({
        fields: Object.entries(fields).map(([attribute, value]) => ({ attribute, value })),
      }),
    });
    if (!response.ok) throw new Error(`${type} ${extension}: ${response.status} ${await response.text()}`);
  };
  await put('aor', { contact });
  await put('endpoint', {
    transport: 'transport-udp',
    context: 'counsellor',
    aors: extension,
    disallow: 'all',
    allow: 'ulaw',
    direct_media: 'no',
  });
}

/** Somebody who phones us, at the other end of the carrier. */
export interface Caller {
  press(digits: string): Promise<void>;
  hangUp(): Promise<void>;
}

/** Lets somebody phone one of our numbers and wait, or speak all the time. `from` is empty when it is hidden. */
export async function phoneHotline(
  carrier: AmiLink,
  { from, to = '0120386117', speaks = false }: { from: string; to?: string; speaks?: boolean },
): Promise<Caller> {
  const channel = `caller-${randomUUID()}`;
  const speech = join(projectRoot, 'sounds/ja/slow/phoned-back');
  await carrier.action({
    action: 'Originate',
    channel: `PJSIP/${to}@customer`,
    channelid: channel,
    callerid: from === '' ? '"" <anonymous>' : `"" <${from}>`,
    ...(from === '' ? { variable: 'CALLERID(pres)=prohib' } : {}),
    ...(speaks
      ? { application: 'Playback', data: Array(3).fill(speech).join('&') }
      : { application: 'Wait', data: '300' }),
    async: 'true',
  });
  return {
    press: async (digits) => {
      for (const digit of digits) {
        const sent = performance.now();
        await carrier.action({ action: 'PlayDTMF', channel, digit, duration: '100' });
        await until(() => performance.now() - sent > 250, { what: 'the key is released' });
      }
    },
    hangUp: async () => {
      await carrier.action({ action: 'Hangup', channel });
    },
  };
}
