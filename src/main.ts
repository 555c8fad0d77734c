#!/usr/bin/env node
import { Command } from 'commander';
import { alertCommand } from './cli/alert-command.js';
import { backupCommand } from './cli/backup-command.js';
import { callCommand } from './cli/call-command.js';
import { benchCommand } from './cli/bench-command.js';
import { counsellorCommand } from './cli/counsellor-command.js';
import { dayCommand } from './cli/day-command.js';
import { demoCommand } from './cli/demo-command.js';
import { doctorCommand } from './cli/doctor-command.js';
import { figuresCommand } from './cli/figures-command.js';
import { holidaysCommand } from './cli/holidays-command.js';
import { holdCommand } from './cli/hold-command.js';
import { importCommand } from './cli/import-command.js';
import { keyCommand } from './cli/key-command.js';
import { lineCommand } from './cli/line-command.js';
import { migrateCommand } from './cli/migrate-command.js';
import { organizationCommand } from './cli/organization-command.js';
import { pauseCommand } from './cli/pause-command.js';
import { pbxCommand } from './cli/pbx-command.js';
import { promptsCommand } from './cli/prompts-command.js';
import { restoreCommand } from './cli/restore-command.js';
import { retentionCommand } from './cli/retention-command.js';
import { serveCommand } from './cli/serve-command.js';
import { setupCommand } from './cli/setup-command.js';
import { stationCommand } from './cli/station-command.js';
import { trunkCommand } from './cli/trunk-command.js';
import { userCommand } from './cli/user-command.js';
import { ConfigError } from './config.js';
import { KeyFileError } from './storage/key-file.js';
import { databaseFaultOf } from './storage/database-faults.js';
import { SchemaError } from './storage/schema-error.js';
import { PersonalDataKeyError } from './storage/key-guard.js';

const program = new Command('genkidesu')
  .description('見守り電話「げんきです」 / check-in calls for people living alone')
  .showHelpAfterError();
for (const command of [
  serveCommand(),
  setupCommand(),
  demoCommand(),
  migrateCommand(),
  organizationCommand(),
  stationCommand(),
  userCommand(),
  lineCommand(),
  counsellorCommand(),
  importCommand(),
  pauseCommand(),
  alertCommand(),
  holdCommand(),
  holidaysCommand(),
  callCommand(),
  dayCommand(),
  figuresCommand(),
  pbxCommand(),
  trunkCommand(),
  keyCommand(),
  backupCommand(),
  restoreCommand(),
  retentionCommand(),
  promptsCommand(),
  doctorCommand(),
  benchCommand(),
]) {
  program.addCommand(command);
}

try {
  await program.parseAsync();
} catch (error) {
  const isSettings =
    error instanceof ConfigError ||
    error instanceof KeyFileError ||
    error instanceof PersonalDataKeyError ||
    error instanceof SchemaError;
  const fault = databaseFaultOf(error);
  if (!isSettings && fault === undefined) throw error;
  process.stderr.write(`${isSettings ? error.message : fault}\n`);
  // Not only exitCode: a service that was stopped while it started has its connections open.
  process.exit(isSettings ? 78 : 75);
}
