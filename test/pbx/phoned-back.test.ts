import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { numberOf } from '../../src/demo/simulated-people.js';
import { LedgerStore } from '../../src/checkins/ledger-store.js';
import { projectRoot } from '../../src/project-root.js';
import { stageCallerNumber } from '../../src/testbed/stage.js';
import { until } from '../../src/testbed/until.js';
import type { AmiLink } from '../../src/asterisk/ami/ami-link.js';
import { channelsOf, managerOf, phoneUs } from '../support/exchange.js';
import { inTown } from '../support/town-play.js';
import { quickPolicy, townTimeoutMs, type Town } from '../support/pbx-town.js';
import { findAsterisk } from '../../src/testbed/find-asterisk.js';
import { codecOf } from '../support/test-codec.js';

/** Nobody of them ever answers: what is known of them comes from their own call. */
const [listener, speaker, unseen, stranger] = [1, 2, 3, 4].map((which) => numberOf('09', which)) as [
  string,
  string,
  string,
  string,
];
const knownNumbers = [listener, speaker, unseen];

interface CallIn {
  number: string;
  known: boolean;
  messageFile: string | null;
}

describe('a person who phones our number back', function () {
  this.timeout(townTimeoutMs);

  let played: Promise<Record<'heardFor' | 'phonedBack' | 'callIns' | 'states', unknown>>;
  before(async () => {
    await findAsterisk();
    played = phoneBack();
    played.catch(() => undefined);
  });

  it('hears who we are, for as long as it takes', async () => {
    assert.equal((await played).heardFor, 'longer than 5 s');
  });

  it('stands in the ledger as one who phoned back, also when nobody of ours was awake to see it', async () => {
    assert.deepEqual((await played).phonedBack, knownNumbers);
  });

  it('is taken in exactly once, with the message left after the tone', async () => {
    assert.deepEqual((await played).callIns, [
      { number: listener, known: true, messageFile: 'none' },
      { number: speaker, known: true, messageFile: 'heard' },
      { number: unseen, known: true, messageFile: 'none' },
      { number: stranger, known: false, messageFile: 'none' },
    ]);
  });

  it('is not well for that alone', async () => {
    assert.deepEqual((await played).states, ['alerted', 'alerted', 'alerted']);
  });
});

async function phoneBack(): Promise<Record<'heardFor' | 'phonedBack' | 'callIns' | 'states', unknown>> {
  const told: Record<'heardFor' | 'phonedBack' | 'callIns' | 'states', unknown> = {
    heardFor: undefined,
    phonedBack: undefined,
    callIns: undefined,
    states: undefined,
  };
  const policy = quickPolicy({ maxMissed: 1 });
  await inTown({ numbers: knownNumbers, policy, channelCap: 6 }, async (town, start) => {
    const [pbx, carrier] = [await managerOf(town.stage.pbx), await managerOf(town.stage.carrier)];
    try {
      const service = await start();
      await town.settled(30_000);
      const speech = join(projectRoot, 'sounds/ja/slow/phoned-back');
      await phoneUs(carrier, { to: stageCallerNumber, from: listener, application: 'Wait', data: '6' });
      await phoneUs(carrier, {
        to: stageCallerNumber,
        from: speaker,
        application: 'Playback',
        data: `${speech}&${join(projectRoot, 'sounds/ja/normal/ask')}`,
      });
      await until(async () => (await channelsOf(pbx)).length === 2, { what: 'both calls have come in' });
      await until(async () => (await callIns(town)).length === 2, {
        what: 'both are noted',
        timeoutMs: 8000,
      });
      await service.kill();

      await phoneUs(carrier, { to: stageCallerNumber, from: unseen, application: 'Wait', data: '3' });
      await phoneUs(carrier, { to: stageCallerNumber, from: stranger, application: 'Wait', data: '3' });
      told.heardFor = await longestCall(pbx);
      await until(async () => (await channelsOf(pbx)).length === 0, {
        what: 'all is over',
        timeoutMs: 70_000,
      });
      await start();
      const isNoted = async (): Promise<boolean> =>
        (await callIns(town)).filter(({ messageFile }) => messageFile !== null).length === 1 &&
        (await callIns(town)).length === 4;
      await until(isNoted, { what: 'the calls of the dead time are taken in', timeoutMs: 15_000 });
      await until(async () => (await waitingInBox(pbx)) === 3, { what: 'the message is out of the box' });

      told.callIns = (await callIns(town)).map(({ messageFile, ...rest }) => ({
        ...rest,
        messageFile: messageFile === null ? 'none' : statSync(messageFile).size > 16_000 ? 'heard' : 'empty',
      }));
      told.phonedBack = await phonedBackInLedger(town);
      told.states = [...(await town.results()).values()].map(({ state }) => state);
    } finally {
      pbx.stop();
      carrier.stop();
    }
  });
  return told;
}

/** Waits until a call from the carrier has been up for a while. */
async function longestCall(pbx: AmiLink): Promise<string> {
  const lasted = async (): Promise<boolean> =>
    (await channelsOf(pbx)).some(({ duration }) => String(duration) >= '00:00:06');
  await until(lasted, { what: 'a call has been up for more than 5 s', timeoutMs: 15_000 });
  return 'longer than 5 s';
}

async function waitingInBox(pbx: AmiLink): Promise<number> {
  return (await pbx.action({ action: 'DBGetTree', family: 'callin' }, { list: true })).length;
}

async function callIns(town: Town): Promise<CallIn[]> {
  const codec = codecOf(town.environment);
  const rows = await town
    .database('call_ins')
    .select<{ number: string; subscriber_id: number | null; message_file: string | null }[]>(
      'number',
      'subscriber_id',
      'message_file',
    );
  return rows
    .map((row) => ({
      number: codec.decode(row.number),
      known: row.subscriber_id !== null,
      messageFile: row.message_file,
    }))
    .sort((one, other) => one.number.localeCompare(other.number));
}

/** The numbers of those whose line in today's ledger says that they phoned back. */
async function phonedBackInLedger(town: Town): Promise<string[]> {
  const codec = codecOf(town.environment);
  const ledgers = new LedgerStore({ database: town.database, codec });
  const [station] = await ledgers.stations();
  const today = DateTime.now().setZone(station?.timeZone).toISODate() ?? '';
  const ledger = await ledgers.day(station?.id ?? 0, today, new Date());
  return (ledger?.lines ?? [])
    .filter(({ phonedBackAt }) => phonedBackAt !== undefined)
    .map(({ memberNumber }) => memberNumber)
    .sort();
}
