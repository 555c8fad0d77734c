import assert from 'node:assert/strict';
import {
  isUsableAsterisk,
  isUsableMariadb,
  parseAsteriskVersion,
  parseMariadbVersion,
} from '../../src/testbed/program-version.js';

describe('a program’s version', () => {
  for (const [answer, usable] of [
    ['Asterisk 22.10.1+dfsg+~cs6.17.60671434-1', true],
    ['Asterisk 22.9.0', true],
    ['Asterisk 22.10', true],
    ['Asterisk 22.8.2', false],
    ['Asterisk 23.0.0', false],
    ['Asterisk 20.6.0~dfsg+~cs6.13.40431414-2build5', false],
  ] as const) {
    it(`is ${usable ? 'usable' : 'not usable'} for "${answer}"`, () => {
      const version = parseAsteriskVersion(`${answer}\n`);
      assert.ok(version);
      assert.equal(isUsableAsterisk(version), usable);
    });
  }

  for (const answer of [
    '',
    'Asterisk GIT-master-1a2b3c',
    'Asterisk certified/22.8-cert1',
    'command not found',
  ]) {
    it(`is unknown for "${answer}"`, () => {
      assert.equal(parseAsteriskVersion(answer), undefined);
    });
  }

  for (const [answer, usable] of [
    ['mariadbd  Ver 10.11.6-MariaDB-0+deb12u1 for debian-linux-gnu on x86_64 (Debian 12)', true],
    ['mariadbd  Ver 11.8.3-MariaDB-0+deb13u1 from Debian for debian-linux-gnu on aarch64', true],
    ['mysqld  Ver 10.6.22-MariaDB-0ubuntu0.22.04.1 for debian-linux-gnu on x86_64 (Ubuntu 22.04)', false],
  ] as const) {
    it(`is ${usable ? 'usable' : 'not usable'} for "${answer}"`, () => {
      const version = parseMariadbVersion(answer);
      assert.ok(version);
      assert.equal(isUsableMariadb(version), usable);
    });
  }

  it('is unknown for MySQL, which is no MariaDB', () => {
    assert.equal(parseMariadbVersion('mysqld  Ver 8.0.43 for Linux on x86_64 (Ubuntu)'), undefined);
  });
});
