import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { counsellorCommand } from '../../src/cli/counsellor-command.js';
import { lineCommand } from '../../src/cli/line-command.js';
import { migrateCommand } from '../../src/cli/migrate-command.js';
import { organizationCommand } from '../../src/cli/organization-command.js';
import type { CommandWorld } from '../../src/cli/with-database.js';
import { testKeyText } from '../support/test-codec.js';

describe('the commands that set up the hotline', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'genkidesu-test-'));
    await run(migrateCommand);
    for (const name of ['松戸市', '柏市'])
      await run(organizationCommand, 'add', name, '--kind', 'municipality');
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function run(make: (world: CommandWorld) => Command, ...args: string[]) {
    const [printed, complained]: [string[], string[]] = [[], []];
    const world: CommandWorld = {
      print: (line) => printed.push(line),
      complain: (line) => complained.push(line),
      environment: {
        GENKIDESU_DATA: join(folder, 'data'),
        LOOKUP_KEY: 'a key for tests only',
        PERSONAL_DATA_KEY: testKeyText,
        ARI_PASSWORD: 'x',
        AMI_PASSWORD: 'x',
        CALLER_NUMBER: '0471234567',
      },
      clock: () => new Date('2026-11-24T08:00:00+09:00'),
    };
    const command = make(world).exitOverride();
    for (const one of command.commands) {
      one.exitOverride().configureOutput({ writeErr: (text) => complained.push(text) });
    }
    try {
      await command.parseAsync(args, { from: 'user' }).catch((error: unknown) => {
        if (!String((error as { code?: string }).code).startsWith('commander.')) throw error;
        process.exitCode = 1;
      });
      const said = { printed: printed.join('\n'), complained: complained.join('\n') };
      return { ...said, failed: process.exitCode === 1 };
    } finally {
      process.exitCode = undefined;
    }
  }
  const line = (...args: string[]) => run(lineCommand, ...args);
  const counsellor = (...args: string[]) => run(counsellorCommand, ...args);
  const addLine = (...args: string[]) =>
    line('add', '相談', '--organization', '松戸市', '--shown', '047-366-1111', ...args);
  const addCounsellor = (...args: string[]) =>
    counsellor('add', '相談 花子', '--organization', '松戸市', '--extension', '101', '--lines', '1', ...args);

  it('add a line with the printed hours', async () => {
    const { printed } = await addLine('--number', '0120-386-117');
    assert.match(printed, /^窓口 1: 相談（松戸市）/);
    assert.equal(
      (await line('list')).printed,
      ['1', '相談', '0120386117', '0473661111', '月-金 10:00-16:00 / 土-日 休み', ''].join('\t'),
    );
  });

  it('change the hours of some days, and close others', async () => {
    await addLine();
    await line('hours', '1', '6', '9:30-12:00,13:00-24:00');
    const { printed } = await line('hours', '相談', '1-2,7', 'closed');
    assert.match(printed, /^相談: 月-火 休み \/ 水-金 10:00-16:00 \/ 土 09:30-12:00・13:00-24:00 \/ 日 休み/);
    assert.match((await line('close', '1', '2026-12-07')).printed, /^相談 は 2026-12-07 休みです。/);
    await line('close', '1', '2026-12-28', '2027-01-05', '--reason', '工事');
    assert.match((await line('list')).printed, /2026-12-07…2026-12-07 2026-12-28…2027-01-05$/);
  });

  for (const [what, args, field] of [
    [
      'a shown number that can’t be shown',
      ['add', 'x', '--organization', '松戸市', '--shown', '0120386117'],
      /--shown/,
    ],
    ['a number that is none', ['number', '1', '110'], /number/],
    [
      'a slot beyond the last',
      ['add', 'x', '--organization', '1', '--shown', '0473661111', '--slot', '33'],
      /--slot/,
    ],
    [
      'a slot that is taken',
      ['add', 'x', '--organization', '松戸市', '--shown', '0473661111', '--slot', '1'],
      /--slot/,
    ],
    ['a name that is taken', ['add', '相談', '--organization', '松戸市', '--shown', '0473661111'], /name/],
    ['times that overlap', ['hours', '1', '1', '10:00-12:00,11:00-13:00'], /times/],
    ['days that there are not', ['hours', '1', '5-8', 'closed'], /days/],
    ['an end before the beginning', ['close', '1', '2026-12-09', '2026-12-08'], /until/],
    ['days that are over', ['close', '1', '2026-11-01'], /until/],
    ['a line that there is not', ['number', '夜間', '0120386118'], /夜間.*1（相談）/],
  ] as const) {
    it(`refuse ${what}, naming it`, async () => {
      await addLine();
      const { complained, failed } = await line(...args);
      assert.ok(failed);
      assert.match(complained, field);
    });
  }

  it('refuse a number that leads to another line', async () => {
    await addLine('--number', '0120386117');
    await line('add', '夜間', '--organization', '松戸市', '--shown', '0473661111');
    assert.match((await line('number', '2', '0120386117')).complained, /number: .*別の窓口/);
    assert.match((await line('number', '2', '0120386118')).printed, /^0120386118 は 夜間 /);
  });

  it('add a counsellor, whose secret stands on the sheet and nowhere else', async () => {
    await addLine();
    const added = await addCounsellor('--supervises');
    const listed = await counsellor('list');
    assert.equal(listed.printed, ['101', '相談 花子', '相談', '管理'].join('\t'));
    const { printed } = await counsellor('sheet', '101', '--server', 'pbx.example');
    const [, secret = ''] = /^パスワード +(\S{24,})$/m.exec(printed) ?? [];
    assert.ok(secret.length >= 24);
    for (const { printed: other } of [added, listed]) assert.ok(!other.includes(secret));
    assert.match(printed, /^ポート +5060$/m);
    assert.match(printed, /▄/);
  });

  it('write the sheet of a phone outside for TLS, its code as a picture for its owner only', async () => {
    await addLine();
    await addCounsellor('--outside');
    const svg = join(folder, 'sheet.svg');
    const { printed } = await counsellor('sheet', '101', '--server', 'pbx.example', '--svg', svg);
    assert.match(printed, /^ポート +5061$/m);
    assert.match(printed, /^接続方式 +TLS/m);
    assert.match(await readFile(svg, 'utf8'), /^<svg /);
    assert.equal((await stat(svg)).mode & 0o777, 0o600);
  });

  it('remove a counsellor once', async () => {
    await addLine();
    await addCounsellor();
    assert.match((await counsellor('remove', '101')).printed, /^内線 101 を外しました/);
    assert.match((await counsellor('remove', '101')).complained, /extension: .*101/);
    assert.match((await addCounsellor()).complained, /--extension: /);
    assert.match((await counsellor('sheet', '101', '--server', 'x')).complained, /extension: /);
  });

  for (const [what, args, field] of [
    ['an extension that is none', ['--extension', '911'], /--extension/],
    ['a line that there is not', ['--lines', '1,7'], /7.*1（相談）/],
    ['a line of another organization', ['--organization', '柏市'], /--lines: .*柏市/],
    ['seconds that are none', ['--outgoing', 'viele'], /--outgoing/],
  ] as const) {
    it(`refuse ${what}, naming it`, async () => {
      await addLine();
      const { complained, failed } = await addCounsellor(...args);
      assert.ok(failed);
      assert.match(complained, field);
    });
  }
});
