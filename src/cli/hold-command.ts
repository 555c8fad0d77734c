import { Command, Option } from 'commander';
import { DateTime } from 'luxon';
import { CelRecords } from '../asterisk/cel/cel-records.js';
import { CalledSinceStore } from '../checkins/called-since-store.js';
import { calledChoices, HoldRelease, type CalledChoice, type HoldFacts } from '../checkins/hold-release.js';
import { HoldStore, type Hold, type HoldReason } from '../checkins/hold-store.js';
import { createLog } from '../log.js';
import { parseId } from './arguments.js';
import {
  CommandError,
  terminal,
  withDatabase,
  type CommandWorld,
  type DatabaseTools,
} from './with-database.js';

const reasonWords: Readonly<Record<HoldReason, string>> = {
  restored: 'バックアップから復元しました',
  clockSkew: '時計が合っていません',
  operator: '運営が止めました',
};

/** `genkidesu hold`: keeps check-in calls from starting, and lets them start again. */
export function holdCommand(world: CommandWorld = terminal): Command {
  const command = new Command('hold').description(
    '見守り電話の一時停止 / holds check-in calls; alerts and the hotline go on',
  );
  command
    .command('list')
    .description('show what holds the calls now, and the latest holds')
    .option('--json', 'print as JSON')
    .action((options: { json?: true }) =>
      withDatabase(world, (tools) => list(world, tools, options.json === true)),
    );
  command
    .command('open')
    .description('let no check-in call start from now on')
    .argument('[why]', 'for the others who read it', '')
    .action((why: string) => withDatabase(world, (tools) => open(world, tools, why)));
  command
    .command('release')
    .description('let check-in calls start again, after a look at what the exchange has called meanwhile')
    .argument('<id>', 'id of the hold, as the list shows it', parseId)
    .addOption(
      new Option('--called <choice>', 'what becomes of those who were called already')
        .choices([...calledChoices])
        .default('alert'),
    )
    .option('--yes', 'do it; without it, only show what would happen')
    .option('--json', 'print as JSON')
    .action((id: number, options: ReleaseOptions) =>
      withDatabase(world, (tools) => release(world, tools, id, options)),
    );
  return command;
}

interface ReleaseOptions {
  called: CalledChoice;
  yes?: true;
  json?: true;
}

async function list(world: CommandWorld, { database }: DatabaseTools, asJson: boolean): Promise<void> {
  const holds = await new HoldStore(database).latest(10);
  if (asJson) {
    world.print(JSON.stringify({ holds }));
    return;
  }
  for (const hold of holds) world.print(lineOf(hold));
  if (!holds.some(({ releasedAt }) => releasedAt === undefined))
    world.print('いま、見守り電話は止められていません。 / nothing is held');
}

async function open(world: CommandWorld, { database }: DatabaseTools, detail: string): Promise<void> {
  const opened = await new HoldStore(database).open({ reason: 'operator', detail }, world.clock());
  world.print(opened ? '見守り電話を止めました。' : '見守り電話は、もう止められています。');
  world.print('知らせと電話相談は、そのまま動きます。');
}

async function release(
  world: CommandWorld,
  { database, codec, config }: DatabaseTools,
  id: number,
  { called, yes, json }: ReleaseOptions,
): Promise<void> {
  const holds = new HoldStore(database);
  const hold = (await holds.findOpen()).find((one) => one.id === id);
  if (!hold) throw new CommandError(`there is no open hold ${id}; "genkidesu hold list" shows them`);
  const releasing = new HoldRelease({
    ...{ database, holds, clock: world.clock, log: createLog('silent') },
    store: new CalledSinceStore({ database, codec }),
    records: new CelRecords(config.ASTERISK_RECORDS_DIR),
    pbxId: config.PBX_ID,
  });
  if (yes !== true) {
    const facts = await releasing.look(hold);
    if (json) world.print(JSON.stringify({ released: false, ...countsOf(facts) }));
    else for (const line of factLines(facts, called)) world.print(line);
    throw new CommandError('nothing was changed; say it again with --yes');
  }
  const released = await releasing.release(id, called, undefined);
  if (released.kind === 'noSuchHold') throw new CommandError(`the hold ${id} was released by somebody else`);
  if (released.kind === 'unsettled')
    throw new CommandError(
      `the end of ${released.count} earlier calls is not known yet: start the service, let it reach the exchange, and try again`,
    );
  if (json) {
    world.print(JSON.stringify({ released: true, told: released.told }));
    return;
  }
  world.print(`見守り電話を再開します。電話済みとして担当に知らせた方: ${released.told}人`);
}

function countsOf({ checkins, settledCalls, unknownCalls, since, recordIsWhole, unsettled }: HoldFacts) {
  const answered = checkins.filter((one) => one.answered).length;
  return { since, recordIsWhole, unsettled, called: checkins.length, answered, settledCalls, unknownCalls };
}

function factLines(facts: HoldFacts, choice: CalledChoice): string[] {
  const { since, recordIsWhole, unsettled, called, answered, unknownCalls } = countsOf(facts);
  if (!since) return ['電話の記録と比べるものはありません。'];
  return [
    `${momentOf(since)} より後に、電話済みで答えが残っていない方: ${called}人（うち応答あり ${answered}人）`,
    ...(recordIsWhole
      ? []
      : ['注意: 交換機の記録が、その時刻までさかのぼれません。ほかにも電話済みの方がいるかもしれません。']),
    ...(unknownCalls > 0 ? [`だれへの電話か分からないもの: ${unknownCalls}件`] : []),
    ...(unsettled > 0
      ? [`まだ結果を調べている電話: ${unsettled}件（サービスを動かしてお待ちください）`]
      : []),
    choice === 'alert'
      ? '再開すると、この方々には電話せず、担当のステーションに知らせます。'
      : '再開すると、この方々にももう一度電話します。',
  ];
}

function lineOf({ id, reason, detail, openedAt, releasedAt }: Hold): string {
  const state = releasedAt ? `${momentOf(releasedAt)} に再開` : '止めています';
  return [String(id), reasonWords[reason], momentOf(openedAt), state, detail].filter(Boolean).join('　');
}

function momentOf(at: Date): string {
  return DateTime.fromJSDate(at, { zone: 'Asia/Tokyo' }).toFormat('yyyy-MM-dd HH:mm:ss');
}
