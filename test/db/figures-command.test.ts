import assert from 'node:assert/strict';
import { join } from 'node:path';
import { figuresCommand } from '../../src/cli/figures-command.js';
import type { FiguresReport } from '../../src/figures/figures-report.js';
import { migrate, openDatabase } from '../../src/storage/database.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../../src/testbed/temporary-folder.js';
import { countedToday, seedFigures } from '../support/figures-builders.js';
import { codec } from '../support/logins.js';
import { testKeyText } from '../support/test-codec.js';

describe('genkidesu figures', () => {
  let folder: TemporaryFolder;
  before(async () => {
    folder = makeTemporaryFolder('figures');
    const database = openDatabase({ engine: 'sqlite', file: join(folder.path, 'genkidesu.db') });
    await migrate(database);
    await seedFigures(database, codec);
    await database.destroy();
  });
  after(() => folder.remove());

  async function run(...args: string[]): Promise<string> {
    const lines: string[] = [];
    const print = (line: string): number => lines.push(line);
    const environment = {
      ...{ GENKIDESU_DATA: folder.path, LOOKUP_KEY: 'a key for these tests', CALLER_NUMBER: '0471234567' },
      ...{ PERSONAL_DATA_KEY: testKeyText, ARI_PASSWORD: 'x', AMI_PASSWORD: 'x' },
    };
    const world = { print, complain: print, environment, clock: () => countedToday };
    await figuresCommand(world).parseAsync(args, { from: 'user' });
    return lines.join('\n');
  }

  it('tells this year month by month', async () => {
    const said = await run();
    assert.match(said, /^2026年度\n月 /);
    assert.match(said, /^2026-11 +5 +4 +2 +0 +3 +3 +50% +1 +1 +1$/m);
    assert.match(said, /自治体 1団体・加入者 4人/);
    assert.match(said, /まだありません。$/);
  });

  it('tells an older year with the targets of the plan', async () => {
    assert.match(await run('2021'), /全体 +相談件数 +0 \/ 200 +0%/);
  });

  it('gives everything as JSON', async () => {
    const report = JSON.parse(await run('2026', '--json')) as FiguresReport;
    assert.equal(report.series[0]?.months[7]?.subscribers, 5);
  });
});
