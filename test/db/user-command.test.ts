import assert from 'node:assert/strict';
import { migrateCommand } from '../../src/cli/migrate-command.js';
import { organizationCommand } from '../../src/cli/organization-command.js';
import { stationCommand } from '../../src/cli/station-command.js';
import { userCommand } from '../../src/cli/user-command.js';
import { CommandFolder } from '../support/command-world.js';

describe('genkidesu user', () => {
  let folder: CommandFolder;
  beforeEach(async () => {
    folder = await CommandFolder.open({ BASE_URL: 'https://genki.example.jp/' });
    await run(migrateCommand);
    await run(organizationCommand, 'add', '松戸市', '--kind', 'municipality');
    await run(stationCommand, 'add', '常盤平', '--organization', '松戸市');
  });
  afterEach(() => folder.close());

  async function run(...command: Parameters<CommandFolder['run']>): Promise<string> {
    const { said, exitCode } = await folder.run(...command);
    return `${said}${exitCode ? ` [${Number(exitCode)}]` : ''}`;
  }
  const add = (mail: string, ...more: string[]) =>
    run(userCommand, 'add', mail, '--name', '山田 花子', ...more);

  it('invites the first operator, and prints the link while no mail server is set', async () => {
    const said = await add('un-ei@example.jp', '--role', 'operator');
    assert.match(said, /^利用者 1: un-ei@example\.jp（運営）を招待しました。/);
    assert.match(said, /^https:\/\/genki\.example\.jp\/welcome#[\w-]{43}$/m);
    assert.match(said, /認証アプリ/);
    assert.match(await run(userCommand, 'list'), /^1\tun-ei@example\.jp\t山田 花子\t運営\t\t招待中\t$/);
  });

  it('prints no link where a mail server will have it', async () => {
    folder.settings.SMTP_HOST = 'mail.example.jp';
    const said = await add('un-ei@example.jp', '--role', 'operator');
    assert.doesNotMatch(said, /welcome#/);
    assert.match(said, /メールを書きました/);
    assert.match(await run(userCommand, 'link', '1'), /welcome#/);
  });

  it('shuts an account, opens it, and sends links to those who are not shut out', async () => {
    await add('hana@example.jp', '--role', 'station', '--organization', '松戸市', '--station', '常盤平');
    assert.match(await run(userCommand, 'disable', 'hana@example.jp'), /止めました/);
    assert.match(await run(userCommand, 'disable', '1'), /すでに停止中/);
    assert.match(await run(userCommand, 'link', '1'), /停止中.*\[1\]/);
    assert.match(await run(userCommand, 'enable', '1'), /再開しました/);
    assert.match(await run(userCommand, 'reset', '1', '--totp'), /認証アプリを外し[^]*welcome#/);
  });

  it('changes the name, the role and the stations of one', async () => {
    await run(stationCommand, 'add', '小金原', '--organization', '松戸市');
    await add('hana@example.jp', '--role', 'station', '--organization', '松戸市', '--station', '常盤平');
    const edit = (...more: string[]) => run(userCommand, 'edit', 'hana@example.jp', ...more);
    assert.match(
      await edit('--name', '山本 花', '--station', '常盤平', '小金原'),
      /^利用者 1: .*直しました。$/,
    );
    assert.match(await run(userCommand, 'list'), /山本 花\t見守りステーション/);
    assert.match(await edit('--role', 'tenantAdmin'), /管理者.*直しました[^]*認証アプリ/);
    assert.match(await edit('--role', 'station'), /--station が必要.*\[1\]/);
    assert.match(await edit('--role', 'counsellor', '--counsellor', '101'), /内線 101.*\[1\]/);
    assert.match(await edit('--role', 'operator'), /新しく招待.*\[1\]/);
    assert.match(await run(userCommand, 'edit', '99', '--name', '誰か'), /見つかりません.*\[1\]/);
  });

  for (const [what, args, said] of [
    ['a tenant’s user without a tenant', ['a@b.jp', '--role', 'auditor'], /--organization/],
    [
      'a station’s user without a station',
      ['a@b.jp', '--role', 'station', '--organization', '松戸市'],
      /--station/,
    ],
    [
      'a counsellor who is not there',
      ['a@b.jp', '--role', 'counsellor', '--organization', '松戸市', '--counsellor', '101'],
      /内線 101/,
    ],
    ['what is no mail address', ['hanako', '--role', 'operator'], /使えません/],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const [mail, ...more] = args;
      const answer = await add(mail, ...more);
      assert.match(answer, said);
      assert.match(answer, /\[1\]$/);
    });
  }

  it('refuses a mail that somebody has already, and a user whom nobody knows', async () => {
    await add('a@b.jp', '--role', 'operator');
    assert.match(await add('A@b.jp', '--role', 'operator'), /すでにいます/);
    assert.match(await run(userCommand, 'disable', 'x@y.jp'), /見つかりません/);
  });
});
