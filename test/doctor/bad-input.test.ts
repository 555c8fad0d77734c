import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createServer, type Server } from 'node:tls';
import type { AddressInfo } from 'node:net';
import { ConfigError, readConfig } from '../../src/config.js';
import { certificateChecks } from '../../src/doctor/certificate-check.js';
import { judgeCertificate } from '../../src/doctor/certificate-findings.js';
import { examine } from '../../src/doctor/check.js';
import { judgeClocks } from '../../src/doctor/clock-findings.js';
import type { Finding } from '../../src/doctor/findings.js';
import { keyFileCheck } from '../../src/doctor/key-file-check.js';
import { diskChecks } from '../../src/doctor/machine-checks.js';
import { judgeSetting } from '../../src/doctor/setting-findings.js';
import { judgeWriting, writeFaultOf } from '../../src/doctor/write-fault.js';
import { makeKeyFile, newKey } from '../../src/storage/key-file.js';
import { makeSelfSigned } from '../../src/testbed/self-signed.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../../src/testbed/temporary-folder.js';

const now = new Date('2026-11-24T03:00:00Z');
const day = 86_400_000;
const daysFromNow = (days: number): Date => new Date(now.getTime() + days * day);

describe('what a database says when it takes nothing', () => {
  for (const [code, errno, fault] of [
    ['SQLITE_FULL', undefined, 'full'],
    ['ER_DISK_FULL', 1021, 'full'],
    ['ER_RECORD_FILE_FULL', 1114, 'full'],
    ['SQLITE_READONLY', undefined, 'readOnly'],
    ['SQLITE_READONLY_DBMOVED', undefined, 'readOnly'],
    ['SQLITE_CANTOPEN', undefined, 'readOnly'],
    ['ER_OPTION_PREVENTS_STATEMENT', 1290, 'readOnly'],
    ['ER_UNKNOWN', 1836, 'readOnly'],
    ['SQLITE_IOERR_WRITE', undefined, 'disk'],
    ['ER_ERROR_ON_WRITE', 1026, 'disk'],
    ['SQLITE_BUSY', undefined, 'busy'],
    ['ER_LOCK_WAIT_TIMEOUT', 1205, 'busy'],
    ['ECONNREFUSED', -111, 'unreachable'],
    [undefined, undefined, 'unreachable'],
  ] as const) {
    it(`is understood: ${code ?? 'nothing'} means ${fault}`, () => {
      assert.equal(writeFaultOf(code, errno), fault);
      const finding = judgeWriting(fault);
      assert.equal(finding.state, 'bad');
      assert.match(finding.mend, /電話相談はそのまま続きます/);
    });
  }

  it('is not asked to be mended when it takes everything', () => {
    assert.deepEqual([judgeWriting(undefined).state, judgeWriting(undefined).mend], ['good', '']);
  });
});

describe('clocks', () => {
  for (const [what, clocks, state, said] of [
    ['that agree', { node: 0, database: 400, exchange: -300 }, 'good', /差は 1 秒/],
    [
      'of which one is a minute late',
      { node: 0, database: -60_000, exchange: 0 },
      'warning',
      /データベース.*60 秒/,
    ],
    ['just within', { node: 0, database: 120_000, exchange: 0 }, 'warning', /2 分/],
    [
      'of which one is an hour ahead',
      { node: 0, database: 0, exchange: 3_600_000 },
      'bad',
      /交換機.*60 分 遅れ/,
    ],
    [
      'of which ours is an hour late',
      { node: -3_600_000, database: 0, exchange: 0 },
      'bad',
      /このサービスが.*60 分/,
    ],
    ['of which one is not known', { node: 0, database: undefined, exchange: 121_000 }, 'bad', /2 分/],
    ['of which one is nonsense', { node: 0, database: Number.NaN, exchange: 0 }, 'good', /差は 0 秒/],
    [
      'of which ours alone is known',
      { node: 0, database: undefined, exchange: undefined },
      'good',
      /相手がありません/,
    ],
  ] as const) {
    it(`${what} are found ${state}`, () => {
      const finding = judgeClocks(clocks);
      assert.equal(finding.state, state);
      assert.match(finding.said, said);
    });
  }
});

describe('a certificate', () => {
  for (const [what, from, to, problem, state, said] of [
    ['that is good for long', -30, 60, undefined, 'good', /あと 60 日/],
    ['of three weeks', -30, 21, undefined, 'good', /あと 21 日/],
    ['of less', -30, 20, undefined, 'warning', /あと 20 日/],
    ['of its last days', -30, 2, undefined, 'bad', /あと 2 日/],
    ['that has ended', -90, -1, undefined, 'bad', /期限が切れています/],
    ['that has ended and is trusted by nobody', -90, 0, 'CERT_HAS_EXPIRED', 'bad', /期限が切れています/],
    ['that is not valid yet', 1, 90, undefined, 'bad', /まだ有効ではありません/],
    ['of its own making', -1, 90, 'DEPTH_ZERO_SELF_SIGNED_CERT', 'warning', /信用しない/],
  ] as const) {
    it(`${what} is found ${state}`, () => {
      const facts = {
        validFrom: daysFromNow(from),
        validTo: daysFromNow(to),
        ...(problem !== undefined && { problem }),
      };
      const finding = judgeCertificate('証明書', facts, now, '更新');
      assert.equal(finding.state, state);
      assert.match(finding.said, said);
    });
  }
});

describe('the looks at what may go missing or end', () => {
  let folder: TemporaryFolder;
  let web: Server;
  let baseUrl: string;

  before(async () => {
    folder = makeTemporaryFolder('bad-input');
    const { certificate, key } = makeSelfSigned('127.0.0.1', daysFromNow(-400));
    web = createServer({ cert: certificate, key });
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
    baseUrl = `https://127.0.0.1:${(web.address() as AddressInfo).port}`;
  });
  after(async () => {
    web.close();
    await folder.remove();
  });

  function found(checks: ReturnType<typeof certificateChecks>): Promise<Finding[]> {
    return examine(checks, 5000);
  }
  const pairOf = (finding: Finding | undefined) => [finding?.code, finding?.state];

  it('read the certificate that a browser is shown', async () => {
    const [one] = await found(
      certificateChecks({ BASE_URL: baseUrl, PBX_CERTIFICATE: undefined }, () => now),
    );
    assert.deepEqual(pairOf(one), ['certificate.web', 'bad']);
    assert.match(one?.said ?? '', /期限が切れています/);
    const early = certificateChecks({ BASE_URL: baseUrl, PBX_CERTIFICATE: undefined }, () =>
      daysFromNow(-200),
    );
    const [other] = await found(early);
    assert.deepEqual(pairOf(other), ['certificate.web', 'warning']);
  });

  it('say that it could not be read where nobody answers, and look at none without https', async () => {
    const away = { BASE_URL: 'https://127.0.0.1:9', PBX_CERTIFICATE: undefined };
    const [one] = await found(certificateChecks(away, () => now));
    assert.deepEqual(pairOf(one), ['certificate.web', 'warning']);
    assert.match(one?.said ?? '', /ECONNREFUSED/);
    assert.deepEqual(
      certificateChecks({ BASE_URL: 'http://127.0.0.1:9', PBX_CERTIFICATE: undefined }, () => now),
      [],
    );
  });

  it('read the certificate that telephones are shown, and say when the file is none', async () => {
    const file = join(folder.path, 'pbx.pem');
    const check = () => found(certificateChecks({ BASE_URL: undefined, PBX_CERTIFICATE: file }, () => now));
    assert.deepEqual(pairOf((await check())[0]), ['certificate.pbx', 'bad']);
    writeFileSync(file, makeSelfSigned('127.0.0.1', now).certificate);
    assert.deepEqual(pairOf((await check())[0]), ['certificate.pbx', 'good']);
    writeFileSync(file, makeSelfSigned('127.0.0.1', daysFromNow(-366)).certificate);
    assert.deepEqual(pairOf((await check())[0]), ['certificate.pbx', 'bad']);
    writeFileSync(file, 'not a certificate');
    assert.deepEqual(pairOf((await check())[0]), ['certificate.pbx', 'bad']);
  });

  it('miss a key file that was taken away, and never advise to make a new one', async () => {
    const file = join(folder.path, 'keys');
    makeKeyFile(file, [newKey(now)]);
    const check = keyFileCheck({ PERSONAL_DATA_KEY_FILE: file });
    assert.equal((await examine([check], 1000))[0]?.state, 'good');
    rmSync(file);
    const [finding] = await examine([check], 1000);
    assert.deepEqual([finding?.code, finding?.state], ['key.file', 'bad']);
    assert.match(finding?.mend ?? '', /控えから/);

    const problem = problemOf({ PERSONAL_DATA_KEY_FILE: file });
    assert.equal(problem.length, 1);
    const told = judgeSetting(problem[0] ?? '');
    assert.match(told.mend, /新しい鍵を作ってはいけません/);
  });

  it('tell each disk once, with the room on it', async () => {
    const config = readConfig({ ...needed, GENKIDESU_DATA: folder.path, ASTERISK_RECORDS_DIR: folder.path });
    const codes = (await examine(diskChecks(config), 5000)).map(({ code }) => code);
    assert.deepEqual(codes, ['disk.data']);
  });
});

const needed = {
  LOOKUP_KEY: 'a key for these tests',
  PERSONAL_DATA_KEY: `tests ${Buffer.alloc(32, 1).toString('base64')}`,
  CALLER_NUMBER: '0471234567',
  ARI_PASSWORD: 'x',
  AMI_PASSWORD: 'x',
};

/** What is wrong with the settings when the key comes from a file. */
function problemOf(settings: Record<string, string>): string[] {
  try {
    readConfig({ ...needed, PERSONAL_DATA_KEY: undefined, ...settings });
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message
      .split('\n')
      .slice(1)
      .map((line) => line.trim());
  }
}
