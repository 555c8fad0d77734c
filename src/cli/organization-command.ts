import { Command, Option } from 'commander';
import {
  organizationKinds,
  OrganizationStore,
  type OrganizationKind,
} from '../organizations/organization-store.js';
import { parseKeys, parseZone } from './arguments.js';
import { CommandError, terminal, withDatabase, type CommandWorld } from './with-database.js';

/** `genkidesu organization`: the tenants. */
export function organizationCommand(world: CommandWorld = terminal): Command {
  const command = new Command('organization').description(
    'the tenants: municipalities, associations, businesses',
  );

  command
    .command('add')
    .description('add a tenant')
    .argument('<name>')
    .addOption(
      new Option('--kind <kind>', 'what kind of tenant').choices(organizationKinds).makeOptionMandatory(),
    )
    .option('--zone <zone>', 'its time zone', parseZone, 'Asia/Tokyo')
    .option('--keys <keys>', 'what the keys mean, such as 1=ok,2=unwell,3=contactRequested', parseKeys)
    .action(
      (name: string, options: { kind: OrganizationKind; zone: string; keys?: Record<string, string> }) =>
        withDatabase(world, async ({ database }) => {
          const store = new OrganizationStore(database);
          if ((await store.all()).some((known) => known.name === name)) {
            throw new CommandError(`there is an organization called "${name}" already`);
          }
          const { kind, zone: timeZone, keys: keyMap } = options;
          const id = await store.add({ kind, name, timeZone, ...(keyMap && { keyMap }) }, world.clock());
          world.print(`organization ${id}: ${name}`);
        }),
    );

  command
    .command('list')
    .description('list the tenants')
    .action(() =>
      withDatabase(world, async ({ database }) => {
        const organizations = await new OrganizationStore(database).all();
        for (const { id, name, kind, timeZone, keyMap } of organizations) {
          const keys = [...keyMap].map(([digit, answer]) => `${digit}=${answer}`).join(',');
          world.print([id, name, kind, timeZone, keys].join('\t'));
        }
        if (organizations.length === 0) world.print('There is no organization yet.');
      }),
    );
  return command;
}
