import assert from 'node:assert/strict';
import { appendFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setupCommand } from '../../src/cli/setup-command.js';
import { freeTcpPort } from '../../src/testbed/free-ports.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../../src/testbed/temporary-folder.js';

const answers = {
  preset: 'rakuten',
  trunkHost: 'sip.example.jp',
  trunkUsername: '81471234567',
  trunkPassword: 'geheim-Leitung',
  channelCap: 4,
  callerNumber: '0471234567',
  hotlineNumbers: ['0120386117', '0471234568'],
  adminMail: 'un-ei@example.jp',
  adminName: '運営 一郎',
};

describe('genkidesu setup', function () {
  this.timeout(60_000);

  let folder: TemporaryFolder;
  let dir: string;
  let ports: { amiPort: number; ariPort: number };
  beforeEach(async () => {
    folder = makeTemporaryFolder('setup');
    dir = join(folder.path, 'srv');
    // Ports on which nothing listens: another Asterisk of this machine is none of ours.
    ports = { amiPort: await freeTcpPort(), ariPort: await freeTcpPort() };
  });
  afterEach(() => folder.remove());

  /** Runs the command; `typed` is what somebody types, and after it they are gone. */
  async function run(
    options: {
      given?: object;
      typed?: readonly string[];
      environment?: Record<string, string>;
      flags?: string[];
    } = {},
  ): Promise<{ said: string; code: number }> {
    const said: string[] = [];
    const print = (text: string): void => void said.push(text);
    const left = [...(options.typed ?? [])];
    const asker = options.typed && {
      print,
      ask: (prompt: string) => {
        print(prompt);
        return Promise.resolve(left.shift());
      },
      close: () => undefined,
    };
    const file = join(folder.path, 'answers.json');
    if (options.given) writeFileSync(file, JSON.stringify(options.given));
    const environment = Object.fromEntries([
      ...Object.entries(options.environment ?? {}),
      ...Object.entries(ports).map(([name, port]) => [
        name === 'amiPort' ? 'SETUP_AMI_PORT' : 'SETUP_ARI_PORT',
        `${port}`,
      ]),
    ]) as Record<string, string>;
    const before = process.exitCode;
    const world = { print, complain: print, environment, clock: () => new Date() };
    await setupCommand(world, () => asker).parseAsync(
      ['--dir', dir, ...(options.given ? ['--answers', file] : []), ...(options.flags ?? ['--no-check'])],
      { from: 'user' },
    );
    const code = Number(process.exitCode ?? 0);
    process.exitCode = before;
    return { said: said.join('\n'), code };
  }
  const read = (name: string): string => readFileSync(join(dir, name), 'utf8');

  it('makes everything from a file of answers, for its owner’s eyes only, and shows no secret', async () => {
    const { said, code } = await run({ given: answers });
    assert.equal(code, 0, said);
    assert.match(said, /un-ei@example\.jp（運営）を招待しました/);
    assert.match(read('genkidesu.env'), /^CALLER_NUMBER=0471234567$/m);
    assert.match(read('genkidesu.env'), /^PERSONAL_DATA_KEY_FILE=.*\/pbx\/personal-data\.key$/m);
    assert.match(read('pbx/etc/pjsip.conf'), /from_user = 81471234567[^]*username = 81471234567/);
    assert.ok(existsSync(join(dir, 'data', 'genkidesu.db')));
    const secrets = JSON.parse(read('pbx/secrets.json')) as Record<string, string>;
    const key = read('pbx/personal-data.key').split(/\s/)[1] ?? '';
    for (const secret of [...Object.values(secrets), key, read('voice.key').trim(), answers.trunkPassword]) {
      assert.ok(secret.length > 8 && !said.includes(secret));
    }
    const files = [
      'setup.json',
      'trunk.json',
      'genkidesu.env',
      'voice.key',
      'pbx/secrets.json',
      'pbx/personal-data.key',
    ];
    for (const file of files) assert.equal(statSync(join(dir, file)).mode & 0o777, 0o600, file);
    assert.equal(statSync(dir).mode & 0o777, 0o700);
  });

  it('changes nothing when nothing changed, and else only that', async () => {
    await run({ given: answers });
    appendFileSync(join(dir, 'genkidesu.env'), 'SMTP_HOST=mail.example.jp\n');
    const kept = ['genkidesu.env', 'voice.key', 'pbx/secrets.json', 'pbx/personal-data.key'].map(read);
    const again = await run({ given: answers });
    assert.match(again.said, /設定は前と同じです/);
    assert.match(again.said, /このメールアドレスの利用者はすでにいます/);
    assert.equal(again.code, 0);

    const { said } = await run({ given: { ...answers, numberFormat: '+81' } });
    assert.match(said, /書きました: trunk\.json、pbx\/etc\/extensions\.conf$/m);
    assert.deepEqual(
      ['genkidesu.env', 'voice.key', 'pbx/secrets.json', 'pbx/personal-data.key'].map(read),
      kept,
    );
  });

  it('takes answers from the environment, and from files that it names', async () => {
    const password = join(folder.path, 'password');
    writeFileSync(password, 'geheim-Datei\n');
    const environment = {
      // A setting of the terminal's own is not in the way of the file's.
      PERSONAL_DATA_KEY: 'another installation’s',
      SETUP_PRESET: 'registration',
      SETUP_TRUNK_HOST: '192.0.2.10',
      SETUP_TRUNK_USERNAME: '05012345678',
      SETUP_TRUNK_PASSWORD_FILE: password,
      SETUP_CALLER_NUMBER: '05012345678',
    };
    const { said, code } = await run({ environment });
    assert.equal(code, 0, said);
    assert.match(read('trunk.json'), /"password": "geheim-Datei"/);
  });

  it('names every wrong answer, and writes nothing', async () => {
    const unknown = await run({ given: { ...answers, chanelCap: 3 } });
    assert.equal(unknown.code, 1);
    assert.match(unknown.said, /chanelCap: そのような質問はありません/);
    const wrong = await run({ given: { ...answers, callerNumber: '184-047', preset: 'nobody' } });
    assert.equal(wrong.code, 1);
    assert.match(wrong.said, /preset（回線の種類）[^]*callerNumber（見守り電話の番号）/);
    assert.ok(!existsSync(dir));
  });

  it('says at once in words that there is no database server, and asks again', async () => {
    const port = String(await freeTcpPort());
    const server = ['2', '', '127.0.0.1', port, '', '', 'geheim-Datenbank'];
    const { said } = await run({ typed: [...server, '1', ''] });
    assert.match(said, /✗ そのホストとポートで MariaDB が動いていません[^]*✓ データベースが使えます/);
    assert.doesNotMatch(said, /geheim/);
  });

  it('is stopped half-way without a trace but the answers, which the next run offers', async () => {
    const first = await run({ typed: ['', '', '3', 'sip.example.jp', 'not a port', '5060'] });
    assert.equal(first.code, 1);
    assert.match(first.said, /✗ 1 から 65535 までの整数[^]*途中でやめました/);
    assert.deepEqual(readdirSync(dir), ['setup.json']);
    assert.equal(statSync(join(dir, 'setup.json')).mode & 0o777, 0o600);

    const rest = [
      '',
      '',
      '81471234567',
      'geheim',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '4',
      '0471234567',
      '',
      '',
      '',
      '',
    ];
    const second = await run({ typed: ['', '', '', '', '', ...rest] });
    assert.match(second.said, /回線の種類［rakuten］/);
    assert.match(second.said, /SIP サーバーのホスト名か IP アドレス［sip\.example\.jp］/);
    assert.equal(second.code, 0, second.said);
    assert.match(read('trunk.json'), /"channelCap": 4/);
  });

  it('ends with the doctor, who finds that the exchange does not run', async () => {
    const { said, code } = await run({ given: answers, flags: [] });
    assert.match(said, /Asterisk を起動してください[^]*\[ 良好 \]  設定[^]*\[ 異常 \]  Asterisk（ARI）/);
    assert.equal(code, 1);
  });
});
