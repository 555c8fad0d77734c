import { Command, Option } from 'commander';
import { baseUrlOf, smtpSettings } from '../config.js';
import { createLog } from '../log.js';
import { smtpPost } from '../mails/smtp-post.js';
import { OrganizationStore } from '../organizations/organization-store.js';
import type { InviteAnswer } from '../users/invitations.js';
import { isMailAddress } from '../users/mail-address.js';
import { needsSecondFactor, roles, type Role } from '../users/permissions.js';
import { missingFor } from '../users/user-edit.js';
import type { EditAnswer } from '../users/user-editing.js';
import type { User, UserState } from '../users/user-store.js';
import { createUsersModule, type UsersModule } from '../users/users-module.js';
import { findOrganization, findStation } from './find-by-name.js';
import { roleNames } from './role-names.js';
import {
  CommandError,
  terminal,
  withDatabase,
  type CommandWorld,
  type DatabaseTools,
} from './with-database.js';

type EditOptions = Partial<Pick<NewUserOptions, 'name' | 'role' | 'station' | 'counsellor'>>;

interface NewUserOptions {
  name: string;
  role: Role;
  organization?: string;
  station?: string[];
  counsellor?: string;
}

const stateNames: Readonly<Record<UserState, string>> = {
  invited: '招待中',
  active: '利用中',
  disabled: '停止中',
};

/** `genkidesu user`: who may log in; the first administrator comes in through here. */
export function userCommand(world: CommandWorld = terminal): Command {
  const command = new Command('user').description('管理画面の利用者 / who may log in');
  command
    .command('add')
    .description('利用者を招待する / invite somebody')
    .argument('<mail>', 'メールアドレス')
    .requiredOption('--name <name>', '氏名')
    .addOption(new Option('--role <role>', '役割').choices(roles).makeOptionMandatory())
    .option('--organization <organization>', '導入団体の名前か番号（運営のほかは必要）')
    .option('--station <station...>', '見守りステーションの名前か番号（役割 station）')
    .option('--counsellor <extension>', '相談員の内線番号（役割 counsellor）')
    .action((mail: string, options: NewUserOptions) =>
      withUsers(world, (tools) => addUser(world, tools, mail, options)),
    );
  command
    .command('edit')
    .description(
      '氏名・役割・担当を変える。役割や担当が変わると、開いている画面はログアウトする / change one',
    )
    .argument('<user>', 'メールアドレスか番号')
    .option('--name <name>', '氏名')
    .addOption(new Option('--role <role>', '役割').choices(roles))
    .option('--station <station...>', '見守りステーションの名前か番号（役割 station。全部を書く）')
    .option('--counsellor <extension>', '相談員の内線番号（役割 counsellor・supervisor）')
    .action((wanted: string, options: EditOptions) =>
      withUsers(world, (tools) => editUser(world, tools, wanted, options)),
    );
  command
    .command('list')
    .description('利用者の一覧 / list them')
    .action(() => withUsers(world, (tools) => listUsers(world, tools)));
  command
    .command('disable')
    .description('利用を止める。開いている画面もログアウトする / shut an account')
    .argument('<user>', 'メールアドレスか番号')
    .action((wanted: string) =>
      withUsers(world, async ({ module }) => {
        const user = await findUser(module, wanted);
        const done = await module.invitations.disable(user, undefined);
        world.print(done ? `${user.mail} の利用を止めました。` : `${user.mail} はすでに停止中です。`);
      }),
    );
  command
    .command('enable')
    .description('止めた利用を再開する / open it again')
    .argument('<user>', 'メールアドレスか番号')
    .action((wanted: string) =>
      withUsers(world, async ({ module }) => {
        const user = await findUser(module, wanted);
        const done = await module.invitations.enable(user, undefined);
        world.print(done ? `${user.mail} の利用を再開しました。` : `${user.mail} は止まっていません。`);
      }),
    );
  command
    .command('reset')
    .description('パスワードの再設定を送る / send a link for a new password')
    .argument('<user>', 'メールアドレスか番号')
    .option('--totp', '認証アプリも外す（次のログインで設定し直す）')
    .action((wanted: string, { totp = false }: { totp?: boolean }) =>
      withUsers(world, (tools) => reset(world, tools, wanted, totp)),
    );
  command
    .command('link')
    .description('新しい招待か再設定のリンクを表示する / print a link')
    .argument('<user>', 'メールアドレスか番号')
    .action((wanted: string) =>
      withUsers(world, async ({ module }) => {
        world.print(await newLink(module, await findUser(module, wanted)));
      }),
    );
  return command;
}

type UserTools = DatabaseTools & { module: UsersModule };

function withUsers(world: CommandWorld, work: (tools: UserTools) => Promise<void>): Promise<void> {
  return withDatabase(world, async (tools) => {
    const { config, database, codec } = tools;
    const smtp = smtpSettings(config);
    const module = createUsersModule({
      database,
      codec,
      // Never started here: the service sends what is written.
      post: smtp && smtpPost(smtp),
      baseUrl: () => baseUrlOf(config),
      limits: { idleMinutes: config.SESSION_IDLE_MINUTES, hours: config.SESSION_HOURS },
      clock: world.clock,
      log: createLog('silent'),
    });
    await work({ ...tools, module });
  });
}

async function addUser(
  world: CommandWorld,
  { module, database }: UserTools,
  mail: string,
  { name, role, organization, station = [], counsellor }: NewUserOptions,
): Promise<void> {
  if (!isMailAddress(mail)) throw new CommandError(`メールアドレスとして使えません: ${mail}`);
  if ((role === 'operator') !== (organization === undefined)) {
    throw new CommandError('運営のほかの役割には --organization が必要です（運営には付けません）');
  }
  if (role === 'station' && station.length === 0)
    throw new CommandError('役割 station には --station が必要です');
  if (role === 'counsellor' && counsellor === undefined) {
    throw new CommandError('役割 counsellor には --counsellor が必要です');
  }
  const store = new OrganizationStore(database);
  const counsellorId = counsellor === undefined ? undefined : await findCounsellor(module, counsellor);
  const stationIds = await findStations(store, station);
  const organizationId =
    organization === undefined ? undefined : (await findOrganization(store, organization)).id;
  const invited = await module.invitations.invite(
    { organizationId, role, name, mail, stationIds, counsellorId },
    undefined,
  );
  if (invited.kind !== 'invited') throw new CommandError(inviteProblems[invited.kind]);
  world.print(`利用者 ${invited.userId}: ${mail}（${roleNames[role]}）を招待しました。`);
  tellLink(world, module, invited.link, '7日間');
  if (needsSecondFactor(role))
    world.print('この役割には認証アプリ（TOTP）が必要です。最初のログインで設定します。');
}

async function editUser(
  world: CommandWorld,
  { module, database }: UserTools,
  wanted: string,
  { name, role, station, counsellor }: EditOptions,
): Promise<void> {
  const user = await findUser(module, wanted);
  const store = new OrganizationStore(database);
  const edit = {
    name: name ?? user.name,
    role: role ?? user.role,
    stationIds: station === undefined ? user.stationIds : await findStations(store, station),
    counsellorId: counsellor === undefined ? user.counsellorId : await findCounsellor(module, counsellor),
  };
  const missing = missingFor(edit);
  if (missing) {
    const option = missing === 'stations' ? '--station' : '--counsellor';
    throw new CommandError(`役割 ${edit.role} には ${option} が必要です`);
  }
  const answer = await module.editing.edit(user, edit, { seen: undefined, byUserId: undefined });
  if (answer.kind !== 'edited') throw new CommandError(editProblems[answer.kind]);
  world.print(`利用者 ${user.id}: ${user.mail}（${roleNames[answer.user.role]}）に直しました。`);
  if (edit.role !== user.role && needsSecondFactor(edit.role) && !user.hasTotp)
    world.print('この役割には認証アプリ（TOTP）が必要です。次のログインで設定します。');
}

async function findStations(store: OrganizationStore, wanted: readonly string[]): Promise<number[]> {
  const ids: number[] = [];
  for (const one of wanted) ids.push((await findStation(store, one)).id);
  return ids;
}

async function findCounsellor({ users }: UsersModule, extension: string): Promise<number> {
  const id = await users.counsellorAt(extension);
  if (id === undefined) throw new CommandError(`内線 ${extension} の相談員はいません`);
  return id;
}

async function listUsers(world: CommandWorld, { module, database }: UserTools): Promise<void> {
  const tenants = new Map((await new OrganizationStore(database).all()).map(({ id, name }) => [id, name]));
  const users = await module.users.list(undefined);
  for (const { id, mail, name, role, state, organizationId, hasTotp } of users) {
    const tenant = organizationId === undefined ? '' : (tenants.get(organizationId) ?? '');
    const factor = hasTotp ? '認証アプリあり' : '';
    world.print([id, mail, name, roleNames[role], tenant, stateNames[state], factor].join('\t'));
  }
  if (users.length === 0)
    world.print('利用者はまだいません。genkidesu user add で最初の管理者を招待してください。');
}

async function reset(
  world: CommandWorld,
  { module }: UserTools,
  wanted: string,
  totp: boolean,
): Promise<void> {
  const user = await findUser(module, wanted);
  if (totp) {
    await module.account.takeTotpAway(user);
    world.print(`${user.mail} の認証アプリを外し、開いている画面をログアウトしました。`);
  }
  const link = await newLink(module, user);
  tellLink(world, module, link, user.state === 'invited' ? '7日間' : '60分間');
}

/** An invitation for who never came in, else a link for a new password. */
function newLink({ invitations, userLinks }: UsersModule, user: User): Promise<string> {
  if (user.state === 'disabled') {
    throw new CommandError(`${user.mail} は停止中です。先に genkidesu user enable を使ってください`);
  }
  return user.state === 'invited' ? invitations.inviteAgain(user) : userLinks.sendReset(user);
}

function tellLink(world: CommandWorld, { hasMailServer }: UsersModule, link: string, validFor: string): void {
  if (hasMailServer) {
    world.print('メールを書きました。動いているサービス（genkidesu serve）が送ります。');
    return;
  }
  world.print(
    `メールサーバー（SMTP_HOST）の設定がないので、次のリンクを本人に渡してください（${validFor}、1回だけ使えます）:`,
  );
  world.print(link);
}

async function findUser({ users }: UsersModule, wanted: string): Promise<User> {
  const found = /^\d+$/.test(wanted) ? await users.find(Number(wanted)) : await users.findByMail(wanted);
  if (!found) throw new CommandError(`利用者が見つかりません: ${wanted}`);
  return found;
}

const inviteProblems: Readonly<Record<Exclude<InviteAnswer['kind'], 'invited'>, string>> = {
  mailTaken: 'このメールアドレスの利用者はすでにいます',
  stationsElsewhere: 'その導入団体の見守りステーションではありません',
  counsellorElsewhere: 'その導入団体の相談員ではありません',
  noSuchOrganization: 'その導入団体はありません',
};

const editProblems: Readonly<Record<Exclude<EditAnswer['kind'], 'edited'>, string>> = {
  changedMeanwhile: 'ほかの人が先に変えました。もう一度確かめてください',
  stationsElsewhere: inviteProblems.stationsElsewhere,
  counsellorElsewhere: inviteProblems.counsellorElsewhere,
  roleElsewhere: '運営と、導入団体の役割とは、入れ替えられません。新しく招待してください',
  lastAdmin: 'この役割の最後のひとりです',
};
