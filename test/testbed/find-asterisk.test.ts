import assert from 'node:assert/strict';
import { chmodSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findAsterisk, findInstalledAsterisk } from '../../src/testbed/find-asterisk.js';
import { isUsableAsterisk, parseAsteriskVersion } from '../../src/testbed/program-version.js';
import { makeTemporaryFolder } from '../../src/testbed/temporary-folder.js';

describe('Asterisk', function () {
  this.timeout(600_000);

  it('is found within the range we know, with its modules and data', async () => {
    const asterisk = await findAsterisk();
    const version = parseAsteriskVersion(`Asterisk ${asterisk.version}`);
    assert.ok(version && isUsableAsterisk(version));
    assert.ok(readdirSync(asterisk.moduleDir).includes('res_ari.so'));
    assert.ok(readdirSync(asterisk.dataDir).includes('documentation'));
  });

  it('that is installed but too old is passed over, with the reason', async () => {
    const folder = makeTemporaryFolder('old');
    const program = join(folder.path, 'asterisk');
    writeFileSync(program, '#!/bin/sh\necho Asterisk 20.6.0\n');
    chmodSync(program, 0o755);
    assert.deepEqual(await findInstalledAsterisk(folder.path), {
      unusable: `${program} is 20.6.0, not 22.9 or newer and below 23`,
    });
    await folder.remove();
  });
});
