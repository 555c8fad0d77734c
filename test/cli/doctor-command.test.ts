import assert from 'node:assert/strict';
import { describeFindings, doctorCommand } from '../../src/cli/doctor-command.js';
import { bad, good, type Finding } from '../../src/doctor/findings.js';

describe('genkidesu doctor', () => {
  it('names every setting that cannot be used, as JSON too, and exits with 1', async () => {
    const lines: string[] = [];
    try {
      const command = doctorCommand({ print: (line) => lines.push(line), environment: { HTTP_PORT: 'x' } });
      await command.parseAsync(['--json'], { from: 'user' });
      assert.equal(process.exitCode, 1);
    } finally {
      process.exitCode = undefined;
    }
    const { findings } = JSON.parse(lines.join('\n')) as { findings: Finding[] };
    const settings = findings.filter(({ what }) => what === '設定').map(({ said }) => said.split(':')[0]);
    assert.deepEqual(settings, [
      'LOOKUP_KEY',
      'PERSONAL_DATA_KEY',
      'ARI_PASSWORD',
      'AMI_PASSWORD',
      'CALLER_NUMBER',
      'HTTP_PORT',
    ]);
    // It looks at every sound.
  }).timeout(20_000);

  it('writes what to do below what is not well, and the count at the end', () => {
    assert.equal(
      describeFindings([good('時計', '差は 0 秒'), bad('音声', '3 件', '作り直してください。')]),
      [
        '[ 良好 ]  時計  差は 0 秒',
        '[ 異常 ]  音声  3 件',
        '          → 作り直してください。',
        '',
        '異常 1 件、注意 0 件、良好 1 件',
      ].join('\n'),
    );
  });
});
