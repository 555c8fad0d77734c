import assert from 'node:assert/strict';
import { figuresCommand } from '../../src/cli/figures-command.js';
import type { FiguresReport } from '../../src/figures/figures-report.js';
import { CommandFolder } from '../support/command-world.js';
import { countedToday, seedFigures } from '../support/figures-builders.js';
import { codec } from '../support/logins.js';

describe('genkidesu figures', () => {
  let folder: CommandFolder;
  before(async () => {
    folder = await CommandFolder.open();
    folder.now = countedToday;
    await folder.fill((database) => seedFigures(database, codec));
  });
  after(() => folder.close());

  const run = async (...args: string[]) => (await folder.run(figuresCommand, ...args)).said;

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
