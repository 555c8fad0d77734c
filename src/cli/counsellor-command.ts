import { Command } from 'commander';
import { CounsellorStore } from '../hotline/counsellor-store.js';
import { LineStore } from '../hotline/line-store.js';
import { OrganizationStore } from '../organizations/organization-store.js';
import { findOrganization } from './find-by-name.js';
import { findLine, tellRefusal } from './find-line.js';
import { parseExtension, parseSeconds } from './hotline-arguments.js';
import { printSheet, type SheetOptions } from './phone-sheet.js';
import { CommandError, terminal, withDatabase, type CommandWorld } from './with-database.js';

interface NewCounsellor {
  organization: string;
  extension: string;
  lines: string;
  outside?: true;
  supervises?: true;
  outgoing: number;
}

/** `genkidesu counsellor`: those who answer, and their phones. */
export function counsellorCommand(world: CommandWorld = terminal): Command {
  const command = new Command('counsellor').description('相談員とその電話機');
  command
    .command('add')
    .description('相談員を加える')
    .argument('<name>', '名前')
    .requiredOption('--organization <organization>', '団体の名前か番号')
    .requiredOption('--extension <extension>', '内線番号 101-899', parseExtension)
    .requiredOption('--lines <lines>', '受ける窓口の番号か名前、コンマ区切り')
    .option('--outside', '事務所の外の電話機（TLS と SRTP だけ）')
    .option('--supervises', '通話の聴取や順番の変更ができる')
    .option('--outgoing <seconds>', '一日に外へかけられる秒数', parseSeconds, 7200)
    .action((name: string, options: NewCounsellor) => addCounsellor(world, name, options));
  command
    .command('list')
    .description('相談員を一覧する')
    .action(() => listCounsellors(world));
  command
    .command('remove')
    .description('相談員を外す（記録は残り、電話機は使えなくなる）')
    .argument('<extension>', '内線番号', parseExtension)
    .action((extension: string) =>
      withDatabase(world, async ({ database, codec }) => {
        const removed = await new CounsellorStore({ database, codec }).remove(extension, world.clock());
        if (!removed) throw new CommandError(`extension: 内線 ${extension} の相談員はいません。`);
        world.print(`内線 ${extension} を外しました。電話機は30秒以内に使えなくなります。`);
      }),
    );
  command
    .command('sheet')
    .description('電話機の設定票を出す（パスワードはここにしか出ない）')
    .argument('<extension>', '内線番号', parseExtension)
    .requiredOption('--server <address>', '電話交換機のアドレス')
    .option('--port <port>', '電話交換機のポート（ふつうは 5060、外の電話機は 5061）')
    .option('--svg <file>', 'QR コードを SVG の画像として書き出す')
    .action((extension: string, options: SheetOptions) =>
      withDatabase(world, async ({ database, codec }) => {
        const accounts = await new CounsellorStore({ database, codec }).accounts();
        const account = accounts.find((one) => one.extension === extension);
        if (!account) throw new CommandError(`extension: 内線 ${extension} の相談員はいません。`);
        await printSheet(world, account, options);
      }),
    );
  return command;
}

function addCounsellor(world: CommandWorld, name: string, options: NewCounsellor): Promise<void> {
  return withDatabase(world, async ({ database, codec }) => {
    const organization = await findOrganization(new OrganizationStore(database), options.organization);
    const store = new LineStore(database);
    const lines = await Promise.all(options.lines.split(',').map((line) => findLine(store, line.trim())));
    const foreign = lines.find(({ organizationId }) => organizationId !== organization.id);
    if (foreign)
      throw new CommandError(
        `--lines: 窓口「${foreign.name}」は ${organization.name} のものではありません。`,
      );
    await tellRefusal(
      new CounsellorStore({ database, codec }).add(
        {
          organizationId: organization.id,
          name,
          extension: options.extension,
          lineIds: lines.map(({ id }) => id),
          outside: options.outside ?? false,
          supervises: options.supervises ?? false,
          outgoingSecondsPerDay: options.outgoing,
        },
        world.clock(),
      ),
    );
    world.print(`内線 ${options.extension}: ${name}（${lines.map((line) => line.name).join('、')}）`);
    world.print(`設定票: genkidesu counsellor sheet ${options.extension} --server <アドレス>`);
  });
}

function listCounsellors(world: CommandWorld): Promise<void> {
  return withDatabase(world, async ({ database, codec }) => {
    const lines = await new LineStore(database).all();
    const counsellors = await new CounsellorStore({ database, codec }).active();
    for (const { extension, name, lineIds, outside, supervises } of counsellors) {
      const own = lines.filter(({ id }) => lineIds.includes(id)).map((line) => line.name);
      const marks = [...(supervises ? ['管理'] : []), ...(outside ? ['所外'] : [])];
      world.print([extension, name, own.join(','), marks.join(',')].join('\t'));
    }
    if (counsellors.length === 0) world.print('相談員はまだいません。');
  });
}
