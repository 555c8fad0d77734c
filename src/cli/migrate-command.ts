import { Command } from 'commander';
import { migrate, unlockSchema } from '../storage/database.js';
import { terminal, withDatabase, type CommandWorld } from './with-database.js';

/** `genkidesu migrate`: brings the database up to this program's version. */
export function migrateCommand(world: CommandWorld = terminal): Command {
  return new Command('migrate')
    .description('create the tables, or bring them up to this version')
    .option('--unlock', 'go on with an upgrade that died half-way; only when no other process is at it')
    .action((options: { unlock?: true }) =>
      withDatabase(world, async ({ database }) => {
        if (options.unlock) await unlockSchema(database);
        const names = await migrate(database);
        world.print(names.length === 0 ? 'The database is up to date.' : `Done: ${names.join(', ')}`);
      }),
    );
}
