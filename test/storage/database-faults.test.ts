import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../src/project-root.js';
import { databaseFaultOf } from '../../src/storage/database-faults.js';
import { makeTemporaryFolder } from '../../src/testbed/temporary-folder.js';
import { testKeyText } from '../support/test-codec.js';

const thrown = (fields: object): Error => Object.assign(new Error('of the driver'), fields);

describe('a database that refuses', () => {
  const faults: [string, Error, RegExp | undefined][] = [
    ['a file that cannot be opened', thrown({ code: 'SQLITE_CANTOPEN' }), /開けません/],
    ['a folder that is read-only', thrown({ code: 'SQLITE_READONLY_DIRECTORY' }), /書き込めません/],
    ['a full disk', thrown({ code: 'SQLITE_FULL' }), /いっぱい/],
    ['a server that is read-only', thrown({ code: 'ER_OPTION_PREVENTS_STATEMENT' }), /読み取り専用/],
    ['a server that is not there', thrown({ code: 'ECONNREFUSED', fatal: true }), /動いていません/],
    ['something else that is not there', thrown({ code: 'ECONNREFUSED' }), undefined],
    ['a statement that is wrong', thrown({ code: 'SQLITE_CONSTRAINT_UNIQUE' }), undefined],
  ];
  for (const [what, error, words] of faults) {
    it(`is ${words ? 'told in words' : 'not blamed'} for ${what}`, () => {
      if (words) assert.match(databaseFaultOf(error) ?? '', words);
      else assert.equal(databaseFaultOf(error), undefined);
    });
  }

  it('ends the service in words, without a trace of code', async () => {
    const folder = makeTemporaryFolder('faults');
    try {
      writeFileSync(
        join(folder.path, 'genkidesu.db'),
        'no database at all, but long enough to look like one\n'.repeat(20),
      );
      const { status, stderr } = spawnSync('node', [join(projectRoot, 'dist/src/main.js'), 'serve'], {
        encoding: 'utf8',
        timeout: 20_000,
        env: {
          PATH: process.env.PATH,
          GENKIDESU_DATA: folder.path,
          LOOKUP_KEY: 'a-key-for-these-tests',
          PERSONAL_DATA_KEY: testKeyText,
          CALLER_NUMBER: '0473900000',
          ARI_PASSWORD: 'secret-of-ari',
          AMI_PASSWORD: 'secret-of-ami',
        },
      });
      assert.equal(status, 75);
      assert.match(stderr, /SQLite のファイルではありません/);
      assert.doesNotMatch(stderr, /\bat /);
    } finally {
      await folder.remove();
    }
  }).timeout(25_000);
});
