import { Command, Option } from 'commander';
import { AlertListStore } from '../alerts/alert-list-store.js';
import { AlertWorkStore } from '../alerts/alert-work-store.js';
import { closeReasons, type CloseReason } from '../alerts/alert-work.js';
import { OrganizationStore } from '../organizations/organization-store.js';
import { parseId } from './arguments.js';
import { findStation } from './find-by-name.js';
import { CommandError, terminal, withDatabase, type CommandWorld } from './with-database.js';

/** `genkidesu alert`: alerts as work, for when the console is away. */
export function alertCommand(world: CommandWorld = terminal): Command {
  const command = new Command('alert').description('the alerts about people, and how they end');
  command
    .command('list')
    .description('list the open alerts, the longest open first')
    .option('--station <station>', 'name or id of one station')
    .action((options: { station?: string }) => listAlerts(world, options.station));
  command
    .command('close')
    .description('end an alert; who was reached is confirmed by a person')
    .argument('<id>', 'id of the alert', parseId)
    .addOption(
      new Option('--reason <reason>', 'what was done').choices(closeReasons).makeOptionMandatory(true),
    )
    .option('--words <words>', 'more about it', '')
    .action((id: number, options: { reason: CloseReason; words: string }) => closeAlert(world, id, options));
  return command;
}

function listAlerts(world: CommandWorld, station: string | undefined): Promise<void> {
  return withDatabase(world, async ({ database, codec }) => {
    const only =
      station === undefined ? undefined : await findStation(new OrganizationStore(database), station);
    const alerts = await new AlertListStore({ database, codec }).list(
      only ? { stationIds: [only.id] } : {},
      'open',
    );
    for (const { id, reason, openedAt, person, station: where, owner } of alerts) {
      const columns = [id, openedAt.toISOString(), reason, where.name, person.memberNumber, person.name];
      world.print([...columns, person.numbers.join(' '), owner?.name ?? '-'].join('\t'));
    }
    if (alerts.length === 0) world.print('No alert is open.');
  });
}

function closeAlert(
  world: CommandWorld,
  id: number,
  { reason, words }: { reason: CloseReason; words: string },
): Promise<void> {
  return withDatabase(world, async ({ database, codec }) => {
    if (reason === 'other' && words.trim() === '') throw new CommandError('say what was done with --words');
    // An alert about the service ends by itself when its cause has gone.
    if (!(await new AlertListStore({ database, codec }).scopeOf(id)))
      throw new CommandError(`no alert about a person has the id ${id}`);
    const at = world.clock();
    const done = { reason, words: words.trim(), by: undefined, at };
    const answer = await new AlertWorkStore({ database, codec }).close(id, done);
    world.print(answer.kind === 'nothing' ? `alert ${id} was closed already` : `alert ${id} is closed`);
  });
}
