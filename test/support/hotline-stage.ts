import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AmiFields, AmiLink } from '../../src/asterisk/ami/ami-link.js';
import { findAsterisk } from '../../src/testbed/find-asterisk.js';
import { openStage, type Stage } from '../../src/testbed/stage.js';
import { makeTemporaryFolder } from '../../src/testbed/temporary-folder.js';
import { until } from '../../src/testbed/until.js';
import { managerOf } from './exchange.js';

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
  /** Waits for one line. */
  line(isIt: (line: QueueLine) => boolean, what: string): Promise<QueueLine>;
  put(family: string, key: string, value: string): Promise<void>;
  /** A value of AstDB; empty when there is none. */
  get(family: string, key: string): Promise<string>;
  setClock(iso: string | undefined): Promise<void>;
  /** An account whose telephone is somebody of the carrier: `as` says how they behave. */
  counsellor(extension: string, as: string): Promise<void>;
  close(): Promise<void>;
}

export async function openHotlineStage(): Promise<HotlineStage> {
  const folder = makeTemporaryFolder('hotline');
  const stage = await openStage(await findAsterisk(), folder.path, { channelCap: 20 });
  const [pbx, carrier] = [await managerOf(stage.pbx), await managerOf(stage.carrier)];
  const lines = (): QueueLine[] => queueLines(readFileSync(join(stage.pbx.dir, 'log', 'queue_log'), 'utf8'));
  const until30 = { timeoutMs: 60_000, everyMs: 50 };
  return {
    stage,
    pbx,
    carrier,
    lines,
    warnings: () => readFileSync(join(stage.pbx.dir, 'log', 'messages.log'), 'utf8'),
    story: async (number) => {
      const uid = (): string | undefined =>
        lines().find(({ event, data }) => event === 'ARRIVED' && data[1] === number)?.uid;
      const story = (): QueueLine[] => lines().filter((line) => line.uid === uid());
      await until(() => story().some(({ event }) => event === 'LEFT'), {
        what: 'the call is over',
        ...until30,
      });
      return story();
    },
    line: async (isIt, what) => {
      await until(() => lines().some(isIt), { what, ...until30 });
      return lines().find(isIt) as QueueLine;
    },
    put: async (family, key, value) => {
      await pbx.action({ action: 'DBPut', family, key, val: value });
    },
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

/** Lets somebody phone the hotline and press keys there; `W` waits a second, `w` half of one. */
export async function phoneHotline(
  carrier: AmiLink,
  { from, keys, to = '0120386117' }: { from: string; keys: string; to?: string },
): Promise<void> {
  await carrier.action({
    action: 'Originate',
    channel: `PJSIP/${to}@customer`,
    callerid: from === '' ? '"" <anonymous>' : `"" <${from}>`,
    ...(from === '' ? { variable: 'CALLERID(pres)=prohib' } : {}),
    application: 'SendDTMF',
    data: keys,
    async: 'true',
  });
}
