import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CommanderError } from 'commander';
import { dayCommand } from '../../src/cli/day-command.js';
import type { StationLedger } from '../../src/checkins/ledger.js';
import { migrate, openDatabase } from '../../src/storage/database.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../../src/testbed/temporary-folder.js';
import { seedCheckin, seedStation, seedSubscriber } from '../support/builders.js';
import { testCodec, testKeyText } from '../support/test-codec.js';

const lookupKey = 'a key for these tests';
/** Half past eight in the morning in Japan, and still the day before in London. */
const now = new Date('2026-11-23T23:30:00Z');

describe('genkidesu day', () => {
  let folder: TemporaryFolder;
  before(async () => {
    folder = makeTemporaryFolder('day');
    const database = openDatabase({ engine: 'sqlite', file: join(folder.path, 'genkidesu.db') });
    await migrate(database);
    const codec = testCodec(lookupKey);
    const japan = await seedStation(database, codec, { name: '常盤平' });
    await seedCheckin(database, await seedSubscriber(database, codec, japan), '2026-11-24');
    const london = await seedStation(database, codec, { name: 'ロンドン', timeZone: 'Europe/London' });
    await seedCheckin(database, await seedSubscriber(database, codec, london), '2026-11-23');
    await database.destroy();
  });
  after(() => folder.remove());

  /** Runs the command in this process; `code` is the exit code that it asked for. */
  async function run(args: string[], data = folder.path): Promise<{ said: string; code: number }> {
    const lines: string[] = [];
    const environment = {
      GENKIDESU_DATA: data,
      LOOKUP_KEY: lookupKey,
      PERSONAL_DATA_KEY: testKeyText,
      ARI_PASSWORD: 'x',
      AMI_PASSWORD: 'x',
      CALLER_NUMBER: '0471234567',
    };
    const command = dayCommand({ print: (line) => lines.push(line), environment, clock: () => now })
      .exitOverride()
      .configureOutput({ writeErr: (line) => lines.push(line) });
    try {
      await command.parseAsync(args, { from: 'user' });
      return { said: lines.join('\n'), code: 0 };
    } catch (error) {
      if (!(error instanceof CommanderError)) throw error;
      return { said: lines.join('\n'), code: error.exitCode };
    }
  }

  it('shows today where each station is', async () => {
    const { said } = await run(['--json']);
    assert.deepEqual(
      (JSON.parse(said) as StationLedger[]).map(({ date, headline }) => [date, headline]),
      [
        ['2026-11-24', 1],
        ['2026-11-23', 1],
      ],
    );
  });

  it('shows one station on a date', async () => {
    const { said, code } = await run(['2026-11-25', '--station', '常盤平']);
    assert.match(said, /^■ .*常盤平　2026-11-25/);
    assert.doesNotMatch(said, /ロンドン/);
    assert.equal(code, 0);
  });

  for (const date of ['2026-02-30', '11/24', 'yesterday', '']) {
    it(`refuses "${date}" as a date`, async () => {
      const { said, code } = await run([date]);
      assert.match(said, /日付「.*」は読めません/);
      assert.equal(code, 1);
    });
  }

  it('names the stations that there are when it is asked for another', async () => {
    const { said, code } = await run(['--station', '時盤平']);
    assert.match(said, /常盤平、ロンドン/);
    assert.equal(code, 1);
  });

  it('makes no empty database where there is none', async () => {
    const { said, code } = await run([], join(folder.path, 'elsewhere'));
    assert.match(said, /genkidesu\.db がありません/);
    assert.equal(code, 1);
    assert.equal(existsSync(join(folder.path, 'elsewhere')), false);
  });
});
