import { Command } from 'commander';
import { HolidayStore } from '../organizations/holiday-store.js';
import { japaneseHolidays } from '../organizations/japanese-holidays.js';
import { terminal, withDatabase, type CommandWorld } from './with-database.js';

/** `genkidesu holidays`: the public holidays of Japan. */
export function holidaysCommand(world: CommandWorld = terminal): Command {
  const command = new Command('holidays').description('the public holidays that stations may be closed on');
  command
    .command('load')
    .description('take in the holidays of this year and the next two')
    .action(() =>
      withDatabase(world, async ({ database }) => {
        const year = world.clock().getUTCFullYear();
        const years = [year, year + 1, year + 2];
        const holidays = japaneseHolidays(years);
        await new HolidayStore(database).replaceYears(years, holidays);
        world.print(`${holidays.length} holidays from ${year} to ${year + 2} are known.`);
      }),
    );
  return command;
}
