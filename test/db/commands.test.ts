import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { alertCommand } from '../../src/cli/alert-command.js';
import { holidaysCommand } from '../../src/cli/holidays-command.js';
import { importCommand } from '../../src/cli/import-command.js';
import { migrateCommand } from '../../src/cli/migrate-command.js';
import { organizationCommand } from '../../src/cli/organization-command.js';
import { pauseCommand } from '../../src/cli/pause-command.js';
import { stationCommand } from '../../src/cli/station-command.js';
import { CommandFolder } from '../support/command-world.js';

describe('the commands that set up a service', () => {
  let folder: CommandFolder;
  const run: CommandFolder['run'] = (...command) => folder.run(...command);
  beforeEach(async () => (folder = await CommandFolder.open()));
  afterEach(() => folder.close());

  async function setUp(): Promise<void> {
    await run(migrateCommand);
    await run(organizationCommand, 'add', '松戸市', '--kind', 'municipality');
    await run(stationCommand, 'add', '常盤平', '--organization', '松戸市', '--closed-weekdays', '6,7');
  }

  async function list(...lines: string[]): Promise<string> {
    const file = join(folder.path, 'list.csv');
    await writeFile(file, ['会員番号,氏名,電話番号1,曜日,時刻', ...lines].join('\n'));
    return file;
  }

  it('say in one line that the tables are missing, and what to do', async () => {
    const { complained, exitCode } = await run(organizationCommand, 'list');
    assert.equal(exitCode, 1);
    assert.match(complained, /^error: .*run "genkidesu migrate" first$/);
  });

  it('say in one line which setting is wrong', async () => {
    folder.settings.LOOKUP_KEY = 'short';
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
    const nowhere = join(folder.path, 'nowhere.csv');
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

  it('keep the telephone of a station, and end an alert', async () => {
    await setUp();
    const phone = await run(stationCommand, 'edit', '常盤平', '--desk-number', '047-384-1234');
    assert.equal(phone.printed, '常盤平: 0473841234');
    const emergency = await run(stationCommand, 'edit', '常盤平', '--desk-number', '119');
    assert.match(emergency.complained, /^error: --desk-number: .*shortCode/);
    assert.equal((await run(alertCommand, 'list')).printed, 'No alert is open.');
    const none = await run(alertCommand, 'close', '7', '--reason', 'reachedWell');
    assert.equal(none.complained, 'error: no alert about a person has the id 7');
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
