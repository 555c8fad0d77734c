import assert from 'node:assert/strict';
import { numberOf, simulatedPeople, type SimulatedPerson } from '../../src/demo/simulated-people.js';
import { findAsterisk } from '../../src/testbed/find-asterisk.js';
import { quickPolicy, Town, townTimeoutMs } from '../support/pbx-town.js';
import { ServiceProcess } from '../support/service-process.js';

const inWords: Readonly<Record<string, string>> = {
  '01': 'who presses 1',
  '02': 'who presses 2',
  '03': 'who presses 3',
  '04': 'who asks to hear it again and then presses 1',
  '05': 'who presses 7 and then 1',
  '06': 'who picks up and presses nothing',
  '07': 'who hangs up at once',
  '08': 'whose line is always engaged',
  '09': 'who never picks up',
  '10': 'whose answering machine picks up',
  '11': 'whose screening recorder picks up first, and who then presses 1',
  '12': 'who turns a pulse phone to tones with the star key and presses 1',
  '13': 'whose keys come as tones in the audio',
  '14': 'whose number is not in use',
  '15': 'whose first call the carrier refuses',
  '16': 'who presses 2 by mistake and corrects it to 1',
  '17': 'who rejects every call',
  '18': 'who is in the garden at the first call',
  '19': 'who is on the phone at the first call',
  '21': 'whose finger trembles on key 1',
};

/** They hear every question to its end: a town that asks once, beside the others, is done in half the time. */
const silentPeople = ['06', '10'];

interface Ends {
  state: string | undefined;
  alert: string | undefined;
  keysKept: string;
  keysPerCall: string[];
}

describe('each person of the simulated town', function () {
  this.timeout(townTimeoutMs);

  const played = new Map<string, Promise<Map<string, Ends>>>();
  let deadLine: Promise<void> | undefined;
  before(async () => {
    await findAsterisk();
    deadLine = playDeadLine();
    deadLine.catch(() => undefined);
    const silent = play(silentPeople, { MAX_ASKS: '1', KEY_SECONDS: '2' });
    const others = play(
      simulatedPeople.map(({ code }) => code).filter((code) => !silentPeople.includes(code)),
    );
    for (const { code } of simulatedPeople) played.set(code, silentPeople.includes(code) ? silent : others);
    for (const run of [silent, others]) run.catch(() => undefined);
  });

  for (const person of simulatedPeople) {
    it(`the one ${inWords[person.code] ?? person.behaviour} ends as ${endInWords(person)}`, async () => {
      const ends = (await played.get(person.code))?.get(person.code);
      assert.deepEqual(ends, {
        state: person.ends.kind === 'ok' ? 'answered' : 'alerted',
        alert: person.ends.kind === 'ok' ? undefined : person.ends.reason,
        keysKept: person.keysKept,
        keysPerCall: [...person.keysPerCall],
      } satisfies Ends);
    });
  }

  it('those whose carrier always answers 503 are told as our fault in time, and the dialling stops', async () => {
    await deadLine;
  });
});

function endInWords({ ends }: SimulatedPerson): string {
  return ends.kind === 'ok' ? 'well' : `an alert: ${ends.reason}`;
}

/** Calls one person of each kind, all of them at one time. */
async function play(
  codes: readonly string[],
  settings: Record<string, string> = {},
): Promise<Map<string, Ends>> {
  const town = await Town.open({ channelCap: 24, settings });
  const service = new ServiceProcess(town.environment);
  try {
    await town.people(
      codes.map((code) => numberOf(code, 1)),
      quickPolicy(),
    );
    await service.start();
    await town.settled(150_000);
    assert.equal((await service.stop())?.code, 0);
    return await endsOf(codes, town);
  } finally {
    await service.kill();
    await town.close();
  }
}

async function endsOf(codes: readonly string[], town: Town): Promise<Map<string, Ends>> {
  const [results, alerts, kept] = [await town.results(), await town.alertReasons(), await town.keysKept()];
  const calls = town.carrierCalls();
  return new Map(
    codes.map((code) => {
      const number = numberOf(code, 1);
      const keysPerCall = calls
        .filter((call) => call.number === number)
        .map(({ keys }) => keys.map(({ digit }) => digit).join(''));
      return [
        code,
        {
          state: results.get(number)?.state,
          alert: alerts.get(number),
          keysKept: kept.get(number) ?? '',
          keysPerCall,
        },
      ];
    }),
  );
}

/** A whole town behind a dead line: nobody missed a call, one alert tells the operator, the carrier is left alone. */
async function playDeadLine(): Promise<void> {
  const town = await Town.open({ channelCap: 4, settings: { STARTS_PER_SECOND: '4' } });
  const service = new ServiceProcess(town.environment);
  try {
    const numbers = Array.from({ length: 30 }, (_, which) => numberOf('22', which));
    const minutes = new Date().getSeconds() > 35 ? 2 : 1;
    await town.people(numbers, quickPolicy({ giveUp: { days: 0, minutes } }));
    await service.start();
    await service.logged('dialler.stopped', 20_000);
    await town.settled(150_000);
    const told = await town
      .database('check_ins as c')
      .join('alerts as a', 'a.check_in_id', 'c.id')
      .select<{ reason: string; opened_at: number; give_up_at: number; missed: number }[]>(
        'a.reason',
        'a.opened_at',
        'c.give_up_at',
        'c.missed',
      );
    assert.deepEqual(
      told.map(({ reason, missed }) => [reason, missed]),
      numbers.map(() => ['weCouldNotCall', 0]),
    );
    // The next call would come too late, or the sweep found that the time is over: it looks every 5 s.
    for (const { opened_at: opened, give_up_at: giveUp } of told)
      assert.ok(opened < giveUp + 8000, `told ${opened - giveUp} ms after the last moment`);
    const toOperator = await town
      .database('alerts')
      .whereNull('station_id')
      .select<{ reason: string }[]>('reason');
    assert.deepEqual(toOperator, [{ reason: 'dialingStopped' }]);
    // Five faults stop it, three lines may be under way by then, and one probe at a time follows.
    const calls = town.carrierCalls().length;
    assert.ok(calls <= 12, `${calls} calls went to a dead line`);
  } finally {
    await service.kill();
    await town.close();
  }
}
