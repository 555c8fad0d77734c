import { Command } from 'commander';
import { migrate, unlockMigrations } from '../storage/database.js';
import { terminal, withDatabase, type CommandWorld } from './with-database.js';

/** `genkidesu migrate`: brings the database up to this program's version. */
export function migrateCommand(world: CommandWorld = terminal): Command {
  return new Command('migrate')
    .description('create the tables, or bring them up to this version')
    .option('--unlock', 'first take off the lock that an update which broke off has left')
    .action((options: { unlock?: true }) =>
      withDatabase(world, async ({ database }) => {
        if (options.unlock) await unlockMigrations(database);
        const names = await migrate(database);
        world.print(names.length === 0 ? 'The database is up to date.' : `Done: ${names.join(', ')}`);
      }),
    );
}
