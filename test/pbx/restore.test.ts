import assert from 'node:assert/strict';
import { townTimeoutMs } from '../support/pbx-town.js';
import { playRestore } from '../support/restore-play.js';

describe('a backup taken during calls, and returned into an empty folder', function () {
  this.timeout(townTimeoutMs * 2);

  it('tells the same day, dials nobody before the operator’s word, and nobody twice after it', async () => {
    const { calledAfterBackup, dialledAfterRelease, ...play } = await playRestore();
    assert.deepEqual(play, {
      ledgerIdentical: true,
      dialledWhileHeld: 0,
      readyzTold: ['restored'],
      // Those who were on the telephone at the moment of the backup may be among them.
      toldToStations: play.toldToStations,
      calledTwice: 0,
      forgotten: 0,
    });
    assert.ok(calledAfterBackup >= 3, `only ${calledAfterBackup} were called meanwhile`);
    assert.ok(
      play.toldToStations >= calledAfterBackup,
      `${play.toldToStations} told of ${calledAfterBackup}`,
    );
    assert.ok(dialledAfterRelease > 0, 'nobody was left to be called');
  });
});
