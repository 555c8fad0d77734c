import { Command, InvalidArgumentError, Option } from 'commander';
import { DateTime } from 'luxon';
import { ClosedDayStore } from '../organizations/closed-day-store.js';
import { DeskNumberError, StationSettingsStore } from '../desk/station-settings-store.js';
import { OrganizationStore } from '../organizations/organization-store.js';
import { parseDay, parseWeekdays } from './arguments.js';
import { findOrganization, findStation } from './find-by-name.js';
import { CommandError, terminal, withDatabase, type CommandWorld } from './with-database.js';

interface NewStation {
  organization: string;
  spokenName?: string;
  closedDays: 'callAnyway' | 'nextOpenDay';
  closedWeekdays?: number[];
  closedOnHolidays?: true;
}

/** `genkidesu station`: those who look after the subscribers. */
export function stationCommand(world: CommandWorld = terminal): Command {
  const command = new Command('station').description('the watch stations and the days they are closed');
  command
    .command('add')
    .description('add a station to a tenant')
    .argument('<name>')
    .requiredOption('--organization <organization>', 'name or id of the tenant')
    .option('--spoken-name <file>', 'recording in names/ that says who calls', parseSpokenName)
    .addOption(
      new Option('--closed-days <rule>', 'what becomes of calls on closed days')
        .choices(['callAnyway', 'nextOpenDay'])
        .default('callAnyway'),
    )
    .option('--closed-weekdays <days>', 'weekdays with nobody there, such as 6,7', parseWeekdays)
    .option('--closed-on-holidays', 'closed on public holidays')
    .action((name: string, options: NewStation) => addStation(world, name, options));

  command
    .command('edit')
    .description('set the telephone that rings at a station when somebody there phones a person by click')
    .argument('<station>', 'name or id of the station')
    .requiredOption('--desk-number <number>', 'such as 047-384-1234; empty for none')
    .action((station: string, { deskNumber }: { deskNumber: string }) =>
      editStation(world, station, deskNumber),
    );

  command
    .command('list')
    .description('list the stations')
    .action(() =>
      withDatabase(world, async ({ database }) => {
        const store = new OrganizationStore(database);
        const tenants = new Map((await store.all()).map((tenant) => [tenant.id, tenant.name]));
        const stations = await store.stations();
        for (const { id, name, organizationId } of stations) {
          world.print([id, name, tenants.get(organizationId) ?? ''].join('\t'));
        }
        if (stations.length === 0) world.print('There is no station yet.');
      }),
    );

  command
    .command('close')
    .description('say that nobody is at a station on a day')
    .argument('<date>', 'such as 2026-12-29', parseDay)
    .requiredOption('--station <station>', 'name or id of the station')
    .option('--reason <reason>', 'why', '')
    .action((date: string, options: { station: string; reason: string }) => closeDay(world, date, options));
  return command;
}

function addStation(world: CommandWorld, name: string, options: NewStation): Promise<void> {
  return withDatabase(world, async ({ database }) => {
    const store = new OrganizationStore(database);
    const organization = await findOrganization(store, options.organization);
    const known = await store.stations();
    if (known.some((one) => one.organizationId === organization.id && one.name === name)) {
      throw new CommandError(`${organization.name} has a station called "${name}" already`);
    }
    const { spokenName, closedDays, closedWeekdays, closedOnHolidays } = options;
    if (closedWeekdays?.length === 7)
      throw new CommandError('a station must be open on one weekday at least');
    const id = await store.addStation(
      {
        organizationId: organization.id,
        name,
        closedDays,
        closedOnHolidays: closedOnHolidays ?? false,
        ...(spokenName !== undefined && { spokenName }),
        ...(closedWeekdays && { closedWeekdays }),
      },
      world.clock(),
    );
    world.print(`station ${id}: ${name} (${organization.name})`);
  });
}

function editStation(world: CommandWorld, wanted: string, deskNumber: string): Promise<void> {
  return withDatabase(world, async ({ database, codec }) => {
    const station = await findStation(new OrganizationStore(database), wanted);
    try {
      const number = await new StationSettingsStore({ database, codec }).setDeskNumber(
        station.id,
        deskNumber,
      );
      world.print(`${station.name}: ${number === '' ? 'no telephone for calls by click' : number}`);
    } catch (error) {
      if (!(error instanceof DeskNumberError)) throw error;
      throw new CommandError(`--desk-number: no telephone number that we call (${error.why})`);
    }
  });
}

function closeDay(
  world: CommandWorld,
  date: string,
  { station: wanted, reason }: { station: string; reason: string },
): Promise<void> {
  return withDatabase(world, async ({ database }) => {
    const store = new OrganizationStore(database);
    const station = await findStation(store, wanted);
    const zone =
      (await store.all()).find(({ id }) => id === station.organizationId)?.timeZone ?? 'Asia/Tokyo';
    const today = DateTime.fromJSDate(world.clock(), { zone });
    if (date < (today.toISODate() ?? '')) throw new CommandError(`${date} is over already`);
    await new ClosedDayStore(database).close(station.id, date, reason);
    world.print(`${station.name} is closed on ${date}.`);
    // Check-ins are written three days ahead, and those stand.
    if (date < (today.plus({ days: 3 }).toISODate() ?? '')) {
      world.print('Calls of that day may be planned already; those are made as planned.');
    }
  });
}

function parseSpokenName(text: string): string {
  const name = text.replace(/^names\//, '').replace(/\.wav$/, '');
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) {
    throw new InvalidArgumentError(
      'Give a file of names/ in small letters, digits and hyphens, such as tokiwadaira.',
    );
  }
  return `names/${name}`;
}
