import { Command } from 'commander';
import { DateTime } from 'luxon';
import { OrganizationStore } from '../organizations/organization-store.js';
import { PauseStore } from '../subscribers/pause-store.js';
import { parseDay } from './arguments.js';
import { findStation } from './find-by-name.js';
import { CommandError, terminal, withDatabase, type CommandWorld } from './with-database.js';

interface PauseOptions {
  station: string;
  from: string;
  until: string;
  reason: string;
}

/** `genkidesu pause`: a time in which a person is not called; it always ends. */
export function pauseCommand(world: CommandWorld = terminal): Command {
  return new Command('pause')
    .description('do not call a person from one day until another, both included')
    .argument('<member>', 'member number')
    .requiredOption('--station <station>', 'name or id of the station')
    .requiredOption('--from <date>', 'first day', parseDay)
    .requiredOption('--until <date>', 'last day', parseDay)
    .option('--reason <reason>', 'why', '')
    .action((member: string, { station: wanted, from, until, reason }: PauseOptions) =>
      withDatabase(world, async ({ database, codec }) => {
        if (until < from) throw new CommandError(`the last day, ${until}, is before the first, ${from}`);
        const store = new OrganizationStore(database);
        const station = await findStation(store, wanted);
        const zone =
          (await store.all()).find(({ id }) => id === station.organizationId)?.timeZone ?? 'Asia/Tokyo';
        const today = DateTime.fromJSDate(world.clock(), { zone }).toISODate() ?? '';
        if (until < today) throw new CommandError(`${until} is over already`);
        const pauses = new PauseStore({ database, codec });
        const pause = { fromOn: from, untilOn: until, reason };
        if (!(await pauses.add(station.id, member, pause, world.clock()))) {
          throw new CommandError(`${station.name} has no member ${member}`);
        }
        world.print(`Member ${member} of ${station.name} is not called from ${from} until ${until}.`);
      }),
    );
}
