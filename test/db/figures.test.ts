import assert from 'node:assert/strict';
import { usualRules } from '../../src/consultations/counting-rules.js';
import type { FiguresReport } from '../../src/figures/figures-report.js';
import { figuresCsv } from '../../src/figures/figures-csv.js';
import { createFigures } from '../../src/figures/figures-module.js';
import { MonthKeeper } from '../../src/figures/month-keeper.js';
import { createLog } from '../../src/log.js';
import type { Database } from '../../src/storage/database.js';
import { onBothDatabases, type OpenDatabase } from '../support/both-databases.js';
import { codec } from '../support/logins.js';
import { countedToday as today, seedFigures, type CountedTown } from '../support/figures-builders.js';

const clock = () => today;

function keeperOver(database: Database): MonthKeeper {
  const { facts, sums } = createFigures({ database, clock });
  return new MonthKeeper({ facts, sums, clock, log: createLog('silent') });
}

async function openTown(open: OpenDatabase) {
  const database = await open();
  const town: CountedTown = await seedFigures(database, codec);
  const { reader, targets } = createFigures({ database, clock });
  return { database, town, reader, targets };
}

/** September, October and November of a scope. */
function autumn(report: FiguresReport, scope: string) {
  const months = report.series.find((one) => one.scope === scope)?.months.slice(5, 8) ?? [];
  return <Name extends keyof NonNullable<(typeof months)[number]>>(name: Name) =>
    months.map((month) => month?.[name]);
}

describe('the figures of a year', () => {
  onBothDatabases((open) => {
    it('are those that were counted by hand', async () => {
      const { reader, town } = await openTown(open);
      const { report } = await reader.year(2026);
      const all = autumn(report, 'all');
      assert.deepEqual(all('subscribers'), [2, 4, 5]);
      assert.deepEqual(all('active'), [2, 3, 4]);
      assert.deepEqual(all('withdrawals'), [0, 1, 0]);
      assert.deepEqual(all('introduced'), [1, 1, 2]);
      assert.deepEqual(all('due'), [2, 3, 3]);
      assert.deepEqual(all('waiting'), [0, 0, 1]);
      assert.deepEqual(all('answered'), [1, 3, 1]);
      assert.deepEqual(all('answeredShare'), [0.5, 1, 0.5]);
      assert.deepEqual(all('calls'), [3, 3, 3]);
      assert.deepEqual(all('alerts'), [1, 1, 2]);
      assert.deepEqual(all('medianMinutesToClose'), [30, null, 45]);
      assert.deepEqual(all('contacts'), [0, 2, 1]);
      assert.deepEqual(all('persons'), [0, 1, 1]);
      assert.deepEqual(all('handled'), [0, 1, 1]);
      assert.deepEqual(all('leases'), [0, 0, 1]);
      assert.deepEqual(autumn(report, 'kind:municipality')('subscribers'), [2, 4, 4]);
      assert.deepEqual(autumn(report, 'kind:communityAssociation')('introduced'), [0, 0, 1]);
      assert.deepEqual(autumn(report, 'kind:privateBusiness')('due'), [0, 0, 0]);

      const year = report.series[0]?.year;
      assert.deepEqual(
        [
          year?.subscribers,
          year?.due,
          year?.contacts,
          year?.persons,
          year?.handled,
          year?.medianMinutesToClose,
        ],
        [5, 8, 3, 1, 1, 37.5],
      );
      assert.equal(report.series[0]?.months[8], null, 'December has not come');
      assert.deepEqual(report.tenants.map(({ name }) => name).sort(), ['数え市', '数え町会']);

      const own = await reader.year(2026, town.association);
      assert.deepEqual(
        own.report.series.map(({ scope }) => scope),
        [`organization:${town.association}`],
      );
      assert.match(own.report.rules.consultations, /書き終えた相談票/);
    });

    it('are the same when past months were summed, twice too, and come right after a correction', async () => {
      const { database, reader } = await openTown(open);
      const before = await reader.year(2026);
      const keeper = keeperOver(database);
      assert.equal(await keeper.run(), 2, 'September and October of the one that was in use');
      assert.equal(await keeper.run(), 0);
      assert.deepEqual(await reader.year(2026), before);

      // Something of the past is corrected; the next night finds it.
      await database('check_ins')
        .where({ state: 'alerted' })
        .where('due_on', '<', '2026-10-01')
        .update({ state: 'confirmed' });
      await database('monthly_figures').update({ summed_at: today.getTime() - 86_400_000 });
      assert.equal(await keeper.run(), 2);
      assert.deepEqual(autumn((await reader.year(2026)).report, 'all')('answered'), [2, 3, 1]);
    });

    it('are nothing of a year to come, and zeros of one long past', async () => {
      const { reader } = await openTown(open);
      const next = (await reader.year(2027)).report;
      assert.deepEqual([next.series[0]?.year, next.series[0]?.months[0]], [null, null]);
      const past = (await reader.year(2022)).report;
      assert.deepEqual([past.series[0]?.year?.subscribers, past.series[0]?.year?.due], [0, 0]);
    });

    it('stand beside the targets of the plan, by region', async () => {
      const { reader, targets, town } = await openTown(open);
      await targets.moveTo(town.city, '関西');
      const { report } = await reader.year(2023);
      assert.deepEqual(
        report.targets.map(({ scope, measure, value }) => `${scope} ${measure} ${value}`).sort(),
        [
          'all subscribers 3000',
          'region:東葛 subscribers 500',
          'region:東葛/kind:communityAssociation introduced 2',
          'region:東葛/kind:municipality introduced 2',
          'region:松戸市 active 1000',
          'region:関西 subscribers 1500',
          'region:関西/kind:communityAssociation introduced 10',
          'region:関西/kind:municipality introduced 1',
          'region:関西/kind:privateBusiness introduced 3',
        ].sort(),
      );
      const change = {
        fiscalYear: 2026,
        measure: 'subscribers',
        scope: { region: '関西' },
        version: 0,
      } as const;
      await targets.change({ ...change, value: 8 }, undefined, today);
      const [standing] = (await reader.year(2026)).report.targets;
      assert.deepEqual([standing?.actual, standing?.value, standing?.percent], [4, 8, 50]);
      assert.deepEqual(await targets.regions(), ['東葛', '松戸市', '関西'].sort());
      await targets.moveTo(town.city, undefined);
      assert.equal((await reader.year(2026)).report.targets[0]?.actual, 0);
    });

    it('keep a target that somebody else changed meanwhile', async () => {
      const { targets, town } = await openTown(open);
      const of = { fiscalYear: 2026, measure: 'active', scope: { organizationId: town.city } } as const;
      const put = (value: number | undefined, version: number) =>
        targets.change({ ...of, value, version }, undefined, today);
      assert.equal((await put(50, 0)).kind, 'saved');
      assert.equal((await put(50, 0)).kind, 'saved', 'clicked twice');
      assert.equal((await put(60, 0)).kind, 'changedMeanwhile');
      assert.deepEqual((await put(60, 1)).target, { ...of, value: 60, version: 2 });
      assert.equal((await put(undefined, 1)).kind, 'changedMeanwhile');
      assert.deepEqual(await targets.ofYear(2026), [], 'it is the tenant’s own');
      assert.equal((await targets.ofYear(2026, town.city)).length, 1);
      assert.equal((await put(undefined, 2)).kind, 'saved');
      assert.deepEqual(await targets.ofYear(2026, town.city), []);
    });

    it('show what a tenant’s rules of counting promise', async () => {
      const { database, reader, town } = await openTown(open);
      const targets = { consultations: 200, handled: null, leases: 5 };
      await database('counting_rules').insert({
        organization_id: town.city,
        rules: JSON.stringify({ ...usualRules, yearStartsInMonth: 1, targets }),
        updated_at: 0,
      });
      const { report } = await reader.year(2026, town.city);
      assert.deepEqual(
        report.targets.map(({ measure, value, actual, version }) => [measure, value, actual, version]),
        [
          ['consultations', 200, 3, 0],
          ['leases', 5, 1, 0],
        ],
      );
    });

    it('make a spreadsheet without anybody’s name, safe from formulas', async () => {
      const { database, reader, town } = await openTown(open);
      await database('organizations')
        .where({ id: town.association })
        .update({ name: '=HYPERLINK("x"),町会' });
      const answer = await reader.year(2026);
      const csv = figuresCsv(answer.report, answer.each, '出力：運営 太郎　2026-11-24 12:00');
      const lines = csv.split('\r\n');
      assert.equal(lines[0], '\uFEFF出力：運営 太郎　2026-11-24 12:00');
      assert.ok(lines.includes('全体,2026-10,4,3,1,1,3,0,3,100,3,1,,2,1,1,0'), csv);
      assert.ok(
        lines.some((line) => line.startsWith(`"'=HYPERLINK(""x""),町会",2026-11,1,`)),
        csv,
      );
      assert.doesNotMatch(csv, /見守|花子|0473/);
    });
  });
});
