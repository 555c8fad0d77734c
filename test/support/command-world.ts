import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { CommandWorld } from '../../src/cli/with-database.js';
import { migrate, openDatabase, type Database } from '../../src/storage/database.js';
import { testKeyText, testLookupKey } from './test-codec.js';

/** What a command left behind. */
export interface CommandEnd {
  printed: string;
  complained: string;
  /** Both, in their order. */
  said: string;
  exitCode: unknown;
}

/** A folder with a service's settings, in which commands run as at a terminal. */
export class CommandFolder {
  now = new Date('2026-11-23T08:00:00+09:00');

  private constructor(
    readonly path: string,
    readonly settings: NodeJS.ProcessEnv,
  ) {}

  static async open(settings: NodeJS.ProcessEnv = {}): Promise<CommandFolder> {
    const path = await mkdtemp(join(tmpdir(), 'genkidesu-test-'));
    return new CommandFolder(path, {
      GENKIDESU_DATA: join(path, 'data'),
      LOOKUP_KEY: testLookupKey,
      PERSONAL_DATA_KEY: testKeyText,
      ARI_PASSWORD: 'x',
      AMI_PASSWORD: 'x',
      CALLER_NUMBER: '0471234567',
      ...settings,
    });
  }

  /** Makes the database and fills it. */
  async fill(seed: (database: Database) => Promise<unknown>): Promise<void> {
    await mkdir(join(this.path, 'data'), { recursive: true });
    const database = openDatabase({ engine: 'sqlite', file: join(this.path, 'data', 'genkidesu.db') });
    await migrate(database);
    await seed(database).finally(() => database.destroy());
  }

  /** Runs one command in this process. */
  async run(make: (world: CommandWorld) => Command, ...args: string[]): Promise<CommandEnd> {
    const [printed, complained, said]: [string[], string[], string[]] = [[], [], []];
    const world: CommandWorld = {
      print: (line) => [printed, said].forEach((list) => list.push(line)),
      complain: (line) => [complained, said].forEach((list) => list.push(line)),
      environment: this.settings,
      clock: () => this.now,
    };
    try {
      await make(world).parseAsync(args, { from: 'user' });
      const whole = (lines: string[]): string => lines.join('\n');
      return {
        ...{ printed: whole(printed), complained: whole(complained), said: whole(said) },
        exitCode: process.exitCode,
      };
    } finally {
      process.exitCode = undefined;
    }
  }

  close(): Promise<void> {
    return rm(this.path, { recursive: true });
  }
}
