import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { holidaysCommand } from '../../src/cli/holidays-command.js';
import { importCommand } from '../../src/cli/import-command.js';
import { migrateCommand } from '../../src/cli/migrate-command.js';
import { organizationCommand } from '../../src/cli/organization-command.js';
import { pauseCommand } from '../../src/cli/pause-command.js';
import { stationCommand } from '../../src/cli/station-command.js';
import type { CommandWorld } from '../../src/cli/with-database.js';
import { testKeyText } from '../support/test-codec.js';

describe('the commands that set up a service', () => {
  let folder: string;
  let settings: NodeJS.ProcessEnv;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'genkidesu-test-'));
    settings = {
      GENKIDESU_DATA: join(folder, 'data'),
      LOOKUP_KEY: 'a key for tests only',
      PERSONAL_DATA_KEY: testKeyText,
      ARI_PASSWORD: 'x',
      AMI_PASSWORD: 'x',
      CALLER_NUMBER: '0471234567',
    };
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** Runs one command in this process; gives what it printed, what it complained of and its exit code. */
  async function run(
    make: (world: CommandWorld) => Command,
    ...args: string[]
  ): Promise<{ printed: string; complained: string; exitCode: unknown }> {
    const [printed, complained]: [string[], string[]] = [[], []];
    const world: CommandWorld = {
      print: (line) => printed.push(line),
      complain: (line) => complained.push(line),
      environment: settings,
      clock: () => new Date('2026-11-23T08:00:00+09:00'),
    };
    try {
      await make(world).parseAsync(args, { from: 'user' });
      return { printed: printed.join('\n'), complained: complained.join('\n'), exitCode: process.exitCode };
    } finally {
      process.exitCode = undefined;
    }
  }

  async function setUp(): Promise<void> {
    await run(migrateCommand);
    await run(organizationCommand, 'add', '松戸市', '--kind', 'municipality');
    await run(stationCommand, 'add', '常盤平', '--organization', '松戸市', '--closed-weekdays', '6,7');
  }

  async function list(...lines: string[]): Promise<string> {
    const file = join(folder, 'list.csv');
    await writeFile(file, ['会員番号,氏名,電話番号1,曜日,時刻', ...lines].join('\n'));
    return file;
  }

  it('say in one line that the tables are missing, and what to do', async () => {
    const { complained, exitCode } = await run(organizationCommand, 'list');
    assert.equal(exitCode, 1);
    assert.match(complained, /^error: .*run "genkidesu migrate" first$/);
  });

  it('say in one line which setting is wrong', async () => {
    settings = { ...settings, LOOKUP_KEY: 'short' };
    const { complained, exitCode } = await run(migrateCommand);
    assert.equal(exitCode, 1);
    assert.equal(complained, 'error: settings: LOOKUP_KEY: at least 16 characters');
  });

  it('make the tables once', async () => {
    assert.match((await run(migrateCommand)).printed, /^Done: .*_subscribers/);
    assert.equal((await run(migrateCommand)).printed, 'The database is up to date.');
  });

  it('keep tenants and stations', async () => {
    await setUp();
    assert.equal(
      (await run(organizationCommand, 'list')).printed,
      '1\t松戸市\tmunicipality\tAsia/Tokyo\t1=ok,2=unwell,3=contactRequested',
    );
    assert.equal((await run(stationCommand, 'list')).printed, '1\t常盤平\t松戸市');
    const again = await run(organizationCommand, 'add', '松戸市', '--kind', 'operator');
    assert.match(again.complained, /there is an organization called "松戸市" already/);
  });

  it('take in a list: first what changes, then that it is stored', async () => {
    await setUp();
    const file = await list('1,見守 花子,047-391-2345,毎日,9:00');
    const dry = await run(importCommand, 'subscribers', file, '--station', '常盤平', '--dry-run');
    assert.match(dry.printed, /まだ取り込んでいません。\n\n新しい方 1人/);
    assert.doesNotMatch(dry.printed, /人を取り込みました/);
    const { printed, exitCode } = await run(importCommand, 'subscribers', file, '--station', '1');
    assert.match(printed, /新しい方 1人[^]*\n1人を取り込みました。$/);
    assert.equal(exitCode, undefined);
    const again = await run(importCommand, 'subscribers', file, '--station', '1', '--json');
    const { counts } = JSON.parse(again.printed) as { counts: unknown };
    assert.deepEqual(counts, { rows: 1, added: 0, changed: 0, unchanged: 1, errors: 0 });
  });

  it('store nothing of a list with an error, and name line and column', async () => {
    await setUp();
    const file = await list('1,見守 花子,047-391-2345,毎日,9:00', '2,見守 太郎,110,毎日,9:00');
    const { printed, exitCode } = await run(importCommand, 'subscribers', file, '--station', '常盤平');
    assert.equal(exitCode, 1);
    assert.match(printed, /3行目 電話番号1: 110・119/);
    const pause = ['1', '--station', '1', '--from', '2026-12-01', '--until', '2026-12-03'];
    assert.match((await run(pauseCommand, ...pause)).complained, /常盤平 has no member 1/);
  });

  it('say what is wrong with the file or the station', async () => {
    await setUp();
    const nowhere = join(folder, 'nowhere.csv');
    const missing = await run(importCommand, 'subscribers', nowhere, '--station', '1');
    assert.equal(missing.complained, `error: ${nowhere} cannot be read: there is no such file`);
    await run(organizationCommand, 'add', '流山市', '--kind', 'municipality');
    await run(stationCommand, 'add', '常盤平', '--organization', '流山市');
    const several = await run(importCommand, 'subscribers', await list(), '--station', '常盤平');
    assert.match(several.complained, /give an id: 1 \(常盤平, 松戸市\), 2 \(常盤平, 流山市\)$/);
    assert.equal(several.exitCode, 1);
  });

  it('pause a person, until a day that is not before the first', async () => {
    await setUp();
    const file = await list('1,見守 花子,047-391-2345,毎日,9:00');
    await run(importCommand, 'subscribers', file, '--station', '1');
    const days = ['--from', '2026-12-01', '--until', '2026-12-03'];
    const { printed } = await run(pauseCommand, '1', '--station', '1', ...days);
    assert.match(printed, /is not called from 2026-12-01 until 2026-12-03/);
    const wrong = ['--from', '2026-12-03', '--until', '2026-12-01'];
    assert.match(
      (await run(pauseCommand, '1', '--station', '1', ...wrong)).complained,
      /is before the first/,
    );
  });

  it('close a station for a day, and know the holidays of three years', async () => {
    await setUp();
    const { printed } = await run(stationCommand, 'close', '2026-12-29', '--station', '常盤平');
    assert.equal(printed, '常盤平 is closed on 2026-12-29.');
    const soon = await run(stationCommand, 'close', '2026-11-24', '--station', '常盤平');
    assert.match(soon.printed, /may be planned already/);
    assert.match((await run(holidaysCommand, 'load')).printed, /^\d{2} holidays from 2026 to 2028/);
    assert.match((await run(holidaysCommand, 'load')).printed, /^\d{2} holidays/);
  });
});
