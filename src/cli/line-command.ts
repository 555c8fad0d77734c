import { Command } from 'commander';
import { DateTime } from 'luxon';
import type { Span } from '../hotline/opening-hours.js';
import { LineStore } from '../hotline/line-store.js';
import { OrganizationStore } from '../organizations/organization-store.js';
import { parseDay } from './arguments.js';
import { findOrganization } from './find-by-name.js';
import { findLine, tellRefusal } from './find-line.js';
import {
  describeWeek,
  parseDays,
  parsePublicNumber,
  parseSeconds,
  parseShownNumber,
  parseSlot,
  parseSpans,
} from './hotline-arguments.js';
import { CommandError, terminal, withDatabase, type CommandWorld } from './with-database.js';

interface NewLine {
  organization: string;
  shown: string;
  number?: string;
  slot?: number;
  maxWait: number;
  recording: boolean;
}

const soon = '電話交換機には30秒以内に反映されます。';

/** `genkidesu line`: the lines that people call, their numbers and their hours. */
export function lineCommand(world: CommandWorld = terminal): Command {
  const command = new Command('line').description('相談電話の窓口、番号、受付時間');
  command
    .command('add')
    .description('窓口を作る（受付時間は平日 10:00-16:00 から始まる）')
    .argument('<name>', '窓口の名前')
    .requiredOption('--organization <organization>', '団体の名前か番号')
    .requiredOption('--shown <number>', '折り返しの電話に表示する一般の番号', parseShownNumber)
    .option('--number <number>', 'この窓口にかかる番号', parsePublicNumber)
    .option('--slot <slot>', '窓口番号 1-32（ふつうは空いている最初の番号）', parseSlot)
    .option('--max-wait <seconds>', 'この秒数を待ったら伝言に切り替える', parseSeconds, 600)
    .option('--no-recording', '通話を録音しない')
    .action((name: string, options: NewLine) => addLine(world, name, options));
  command
    .command('list')
    .description('窓口を一覧する')
    .action(() => listLines(world));
  command
    .command('hours')
    .description('受付時間を変える: line hours 1 1-5 10:00-12:00,13:00-16:00')
    .argument('<line>', '窓口の名前か番号')
    .argument('<days>', '曜日（1=月曜 … 7=日曜）', parseDays)
    .argument('<times>', '時間、休みは closed', parseSpans)
    .action((wanted: string, days: number[], spans: Span[]) =>
      withDatabase(world, async ({ database }) => {
        const store = new LineStore(database);
        const line = await findLine(store, wanted);
        const week = line.week.map((before, index) => (days.includes(index + 1) ? spans : before));
        await store.setWeek(line.id, week);
        world.print(`${line.name}: ${describeWeek(week)}`);
        world.print(soon);
      }),
    );
  command
    .command('close')
    .description('この日からこの日まで休みにする（両方を含む）')
    .argument('<line>', '窓口の名前か番号')
    .argument('<from>', '最初の日 2026-12-07', parseDay)
    .argument('[until]', '最後の日', parseDay)
    .option('--reason <reason>', '理由', '')
    .action((wanted: string, fromOn: string, untilOn: string | undefined, { reason }: { reason: string }) =>
      closeLine(world, wanted, { fromOn, untilOn: untilOn ?? fromOn, reason }),
    );
  command
    .command('number')
    .description('窓口にかかる番号を加える')
    .argument('<line>', '窓口の名前か番号')
    .argument('<number>', '電話番号', parsePublicNumber)
    .action((wanted: string, number: string) =>
      withDatabase(world, async ({ database }) => {
        const store = new LineStore(database);
        const line = await findLine(store, wanted);
        await tellRefusal(store.addNumber(line.id, number));
        world.print(`${number} は ${line.name} につながります。`);
        world.print(soon);
      }),
    );
  return command;
}

function addLine(world: CommandWorld, name: string, options: NewLine): Promise<void> {
  return withDatabase(world, async ({ database }) => {
    const organization = await findOrganization(new OrganizationStore(database), options.organization);
    const added = await tellRefusal(
      new LineStore(database).add(
        {
          organizationId: organization.id,
          name,
          shownNumber: options.shown,
          recordsCalls: options.recording,
          maxWaitSeconds: options.maxWait,
          numbers: options.number === undefined ? [] : [options.number],
          ...(options.slot !== undefined && { slot: options.slot }),
        },
        world.clock(),
      ),
    );
    world.print(`窓口 ${added.slot}: ${name}（${organization.name}）`);
    if (options.number === undefined)
      world.print(`かかる番号はまだありません: genkidesu line number ${added.slot} <番号>`);
    world.print(soon);
  });
}

function listLines(world: CommandWorld): Promise<void> {
  return withDatabase(world, async ({ database }) => {
    const lines = await new LineStore(database).all();
    for (const { slot, name, numbers, shownNumber, week, closures } of lines) {
      const closed = closures.map(({ fromOn, untilOn }) => `${fromOn}…${untilOn}`).join(' ');
      world.print([slot, name, numbers.join(','), shownNumber, describeWeek(week), closed].join('\t'));
    }
    if (lines.length === 0) world.print('窓口はまだありません。');
  });
}

function closeLine(
  world: CommandWorld,
  wanted: string,
  closure: { fromOn: string; untilOn: string; reason: string },
): Promise<void> {
  return withDatabase(world, async ({ database }) => {
    const store = new LineStore(database);
    const line = await findLine(store, wanted);
    const { fromOn, untilOn } = closure;
    if (untilOn < fromOn)
      throw new CommandError(`until: 最後の日 ${untilOn} が最初の日 ${fromOn} より前です。`);
    const today = DateTime.fromJSDate(world.clock(), { zone: line.timeZone }).toISODate() ?? '';
    if (untilOn < today) throw new CommandError(`until: ${untilOn} はもう過ぎています。`);
    await store.close(line.id, closure);
    const days = fromOn === untilOn ? fromOn : `${fromOn} から ${untilOn} まで`;
    world.print(`${line.name} は ${days} 休みです。`);
    world.print(soon);
  });
}
