import assert from 'node:assert/strict';
import { retentionCommand } from '../../src/cli/retention-command.js';
import { seedStation, seedSubscriber } from '../support/builders.js';
import { CommandFolder } from '../support/command-world.js';
import { codec } from '../support/logins.js';

describe('genkidesu retention', () => {
  let folder: CommandFolder;
  let personId: number;
  before(async () => {
    folder = await CommandFolder.open();
    folder.now = new Date('2026-11-25T03:00:00Z');
    await folder.fill(async (database) => {
      const station = await seedStation(database, codec, { organizationName: '松戸市' });
      const person = { memberNumber: '5005', name: '山田 うめ' };
      personId = (await seedSubscriber(database, codec, station, person)).subscriberId;
      await seedSubscriber(database, codec, station, { withdrawnOn: '2015-05-01' });
    });
  });
  after(() => folder.close());

  const run = async (...args: string[]) => (await folder.run(retentionCommand, ...args)).said;
  const erase = (...more: string[]) => run('erase-person', String(personId), ...more);

  it('tells the rules, of a tenant and of the service', async () => {
    const said = await run('list');
    assert.match(said, /^松戸市 +解約した方の記録 +60か月 +2021-04-01 から後を保存$/m);
    assert.match(said, /^全団体に共通 +送ったメール +3か月/m);
    const rules = JSON.parse(await run('list', '--organization', '松戸市', '--json')) as object[];
    assert.equal(rules.length, 8);
  });

  it('tells what would go, erases it, and has nothing to erase then', async () => {
    assert.match(await run('preview'), /^松戸市 +解約した方の記録 +1件$/);
    const erased = JSON.parse(await run('run', '--json')) as { kind: string; count: number }[];
    assert.deepEqual(
      erased.map(({ kind, count }) => [kind, count]),
      [['withdrawnPeople', 1]],
    );
    assert.equal(await run('preview'), '消去するものはありません。');
  });

  it('erases one person in two steps, a week later', async () => {
    assert.match(await erase(), /--member/);
    assert.match(await erase('--reason', 'byPerson', '--member', '5006'), /nothing was done/);
    assert.match(await erase('--reason', 'byPerson', '--member', '5005'), /2026-12-02 の夜に消去/);
    assert.match(await erase('--take-back'), /取り消しました/);
    assert.match(await erase('--take-back'), /nothing to take back/);
    await erase('--reason', 'byPerson', '--member', '5005');
    assert.equal(await run('run'), '消去するものはありません。');
    folder.now = new Date('2026-12-03T03:00:00Z');
    assert.match(await run('run'), /^松戸市 +本人などの求めによる消去 +1件$/);
    assert.match(await erase('--reason', 'byPerson', '--member', '5005'), /erased meanwhile/);
  });
});
