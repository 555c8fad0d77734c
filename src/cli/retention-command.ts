import { Command, Option } from 'commander';
import { localDate } from '../checkins/local-day.js';
import { createLog } from '../log.js';
import { OrganizationStore } from '../organizations/organization-store.js';
import { erasureReasons, type ErasureReason } from '../retention/erasure-request.js';
import { createRetention, type RetentionModule } from '../retention/retention-module.js';
import { theService, type Erased, type RetentionTenant } from '../retention/retention.js';
import { cutOf, ruleBounds } from '../retention/rules.js';
import { kindWords } from '../retention/kind-words.js';
import { AccessLogStore } from '../users/access-log-store.js';
import { PlaceStore } from '../users/place-store.js';
import { VoiceFolder } from '../voice/voice-folder.js';
import { parseId } from './arguments.js';
import { findOrganization } from './find-by-name.js';
import { alignedLines } from './wide-text.js';
import {
  CommandError,
  terminal,
  withDatabase,
  type CommandWorld,
  type DatabaseTools,
} from './with-database.js';

interface Options {
  organization?: string;
  json?: true;
}

/** `genkidesu retention`: how long what is kept, what would go, and the erasure of one person. */
export function retentionCommand(world: CommandWorld = terminal): Command {
  const command = new Command('retention').description(
    '個人情報の保存と消去 / how long personal data is kept, and its erasure',
  );
  const about = (
    name: string,
    description: string,
    work: (tools: Tools, options: Options) => Promise<void>,
  ) =>
    command
      .command(name)
      .description(description)
      .option('--organization <organization>', 'name or id; default: all, and what belongs to none')
      .option('--json', 'print everything as JSON')
      .action((options: Options) =>
        withDatabase(world, async (tools) => work(toolsOf(tools, world), options)),
      );

  about('list', '決まりの一覧 / the rules', async ({ module, tenants }, options) => {
    const rows: { organization: string; kind: string; months: number; keptFrom: string }[] = [];
    for (const { tenant, name } of await tenants(options.organization)) {
      const today = localDate(world.clock(), tenant.timeZone);
      for (const { kind, months } of await module.rules.of(tenant.id)) {
        const { date: keptFrom } = cutOf(ruleBounds[kind], months, today, tenant.timeZone);
        rows.push({ organization: name, kind, months, keptFrom });
      }
    }
    if (options.json) world.print(JSON.stringify(rows, null, 2));
    else
      for (const line of alignedLines(
        rows.map((row) => [
          ...[row.organization, kindWords[row.kind as keyof typeof kindWords], `${row.months}か月`],
          `${row.keptFrom} から後を保存`,
        ]),
      ))
        world.print(line);
  });
  about('preview', '消去されるものの数 / what would go now', async (tools, options) => {
    await tell(tools, options, (tenant) => tools.module.retention.preview(tenant));
  });
  about('run', 'いま消去する / erases it now, as every night', async (tools, options) => {
    await tell(tools, options, (tenant) => tools.module.retention.runFor(tenant));
  });

  async function tell(
    { tenants }: Tools,
    { organization, json }: Options,
    work: (tenant: RetentionTenant) => Promise<Erased[]>,
  ): Promise<void> {
    const found: (Erased & { organization: string })[] = [];
    for (const { tenant, name } of await tenants(organization))
      found.push(...(await work(tenant)).map((one) => ({ ...one, organization: name })));
    if (json) world.print(JSON.stringify(found, null, 2));
    else {
      const some = found.filter(({ count }) => count > 0);
      if (some.length === 0) world.print('消去するものはありません。');
      const rows = some.map(({ organization: of, kind, count }) => [of, kindWords[kind], `${count}件`]);
      for (const line of alignedLines(rows)) world.print(line);
    }
  }

  command
    .command('erase-person')
    .description(
      '本人の求めによる消去。7日間は取り消せます / withdraws a person at once and erases them after 7 days',
    )
    .argument('<id>', 'the number at the end of the address of their page', parseId)
    .addOption(new Option('--reason <reason>', 'who asked, or why').choices(erasureReasons))
    .option('--member <number>', 'their member number, typed by hand: the second step')
    .option('--take-back', 'they are not to be erased after all')
    .action((id: number, options: { reason?: ErasureReason; member?: string; takeBack?: true }) =>
      withDatabase(world, async (tools) => {
        const place = await new PlaceStore(tools.database).ofSubscriber(id);
        const organizationId = place?.organizationId;
        if (organizationId === undefined) throw new CommandError(`there is no person ${id}`);
        const { module, tenants } = toolsOf(tools, world);
        const [found] = await tenants(String(organizationId));
        const timeZone = found?.tenant.timeZone ?? theService.timeZone;
        const by = { userId: undefined, address: '', at: world.clock() };
        if (options.takeBack) {
          if (!(await module.personErasure.takeBack(id, by)))
            throw new CommandError('there is nothing to take back: not marked, or erased already');
          world.print(`${id}番の方の消去を取り消しました。`);
          return;
        }
        if (options.member === undefined || options.reason === undefined)
          throw new CommandError(
            'this withdraws the person now and erases them in 7 days; say --reason, and --member with their member number, to go on',
          );
        const wanted = { memberNumber: options.member, reason: options.reason };
        const marked = await module.personErasure.mark(
          { subscriberId: id, organizationId, timeZone },
          wanted,
          by,
        );
        if (marked.kind === 'wrongMemberNumber')
          throw new CommandError(`that is not the member number of person ${id}; nothing was done`);
        if (marked.kind !== 'marked' || marked.state.state !== 'marked')
          throw new CommandError('the record was changed or erased meanwhile; look again');
        world.print(
          `${id}番の方を解約にしました。${marked.state.eraseOn} の夜に消去します。それまでは --take-back で取り消せます。`,
        );
      }),
    );
  return command;
}

interface Tools {
  module: RetentionModule;
  /** @param wanted name or id of one; undefined: all, and the service itself */
  tenants: (wanted: string | undefined) => Promise<{ tenant: RetentionTenant; name: string }[]>;
}

function toolsOf({ config, database, codec }: DatabaseTools, world: CommandWorld): Tools {
  const folder = new VoiceFolder(config.GENKIDESU_DATA);
  const organizations = new OrganizationStore(database);
  return {
    module: createRetention({
      ...{ database, codec, clock: world.clock },
      accessLog: new AccessLogStore({ database, codec }),
      removeSpooled: (file) => folder.removeSpooled(file),
      // To the terminal's other stream: what is printed may be JSON.
      log: createLog('error', { write: (line) => world.complain(line.trimEnd()) }),
    }),
    async tenants(wanted) {
      if (wanted !== undefined) {
        const found = await findOrganization(organizations, wanted);
        return [{ tenant: found, name: found.name }];
      }
      const all = (await organizations.all()).map((tenant) => ({ tenant, name: tenant.name }));
      return [...all, { tenant: theService, name: '全団体に共通' }];
    },
  };
}
