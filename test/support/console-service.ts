import { join } from 'node:path';
import { migrate, openDatabase, type Database } from '../../src/storage/database.js';
import type { PersonalDataCodec } from '../../src/storage/personal-data.js';
import { freeTcpPort } from '../../src/testbed/free-ports.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../../src/testbed/temporary-folder.js';
import { ServiceProcess } from './service-process.js';
import { codecOf, testKeyText } from './test-codec.js';

/** What the data of a test is written with. */
export interface Seeding {
  database: Database;
  environment: Record<string, string>;
  codec: PersonalDataCodec;
}

/** A service for pages that need no exchange, on a database of its own; what it was seeded with stands in `seeded`. */
export class ConsoleService<Seeded = unknown> {
  readonly #folder: TemporaryFolder;
  readonly #service: ServiceProcess;

  private constructor(
    parts: { folder: TemporaryFolder; service: ServiceProcess },
    readonly port: number,
    readonly database: Database,
    readonly seeded: Seeded,
  ) {
    this.#folder = parts.folder;
    this.#service = parts.service;
  }

  /** @param seed writes what the pages are to show, before the service begins */
  static async open<Seeded>(seed: (seeding: Seeding) => Promise<Seeded>): Promise<ConsoleService<Seeded>> {
    const folder = makeTemporaryFolder('console');
    const port = await freeTcpPort();
    const environment: Record<string, string> = {
      GENKIDESU_DATA: folder.path,
      LOOKUP_KEY: 'a-key-for-these-tests',
      PERSONAL_DATA_KEY: testKeyText,
      CALLER_NUMBER: '0473900000',
      ARI_URL: `http://127.0.0.1:${await freeTcpPort()}`,
      ARI_PASSWORD: 'secret-of-ari',
      AMI_PORT: String(await freeTcpPort()),
      AMI_PASSWORD: 'secret-of-ami',
      HTTP_PORT: String(port),
    };
    const database = openDatabase({ engine: 'sqlite', file: join(folder.path, 'genkidesu.db') });
    await migrate(database);
    const seeded = await seed({ database, environment, codec: codecOf(environment) });
    const service = new ServiceProcess(environment);
    await service.start();
    await service.answers();
    return new ConsoleService({ folder, service }, port, database, seeded);
  }

  /** What the service has logged. */
  get lines(): readonly string[] {
    return this.#service.lines;
  }

  async close(): Promise<void> {
    await this.#service.kill();
    await this.database.destroy();
    await this.#folder.remove();
  }
}
