#!/usr/bin/env node
import { Command } from 'commander';
import { benchCommand } from './cli/bench-command.js';
import { promptsCommand } from './cli/prompts-command.js';
import { serveCommand } from './cli/serve-command.js';
import { ConfigError } from './config.js';

const program = new Command('genkidesu')
  .description('見守り電話「げんきです」 / check-in calls for people living alone')
  .showHelpAfterError()
  .addCommand(serveCommand())
  .addCommand(promptsCommand())
  .addCommand(benchCommand());

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 78;
}
