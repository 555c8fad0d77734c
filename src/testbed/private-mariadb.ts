import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { startChild, type RunningChild } from './child-process.js';
import type { UnpackProgress } from './debian-packages.js';
import { findMariadb, type MariadbInstall } from './find-mariadb.js';
import { freeTcpPort } from './free-ports.js';
import { basicOptions, bootstrapDataFolder } from './mariadb-bootstrap.js';
import { makeTemporaryFolder, type TemporaryFolder } from './temporary-folder.js';
import { TestbedError } from './testbed-error.js';
import { until } from './until.js';

const HOST = '127.0.0.1';
const USER = 'genkidesu';
const START_TIMEOUT_MS = 60_000;
const STOP_GRACE_MS = 20_000;

export interface MariadbLogin {
  host: '127.0.0.1';
  port: number;
  user: string;
  password: string;
}

export interface PrivateMariadb extends MariadbLogin {
  socketPath: string;
  version: string;
  /** Makes an empty database (utf8mb4), dropping one of that name. */
  createDatabase(name: string): Promise<MariadbLogin & { database: string }>;
  /** Freezes the server: connections stay open and nothing answers. */
  pause(): void;
  resume(): void;
  /** A clean stop; startServer() goes on with the same data on the same port. */
  stopServer(): Promise<void>;
  startServer(): Promise<void>;
  /** Stops the server and waits for its end; the data folder goes too, unless `dir` was given. */
  close(): Promise<void>;
}

/**
 * Starts a MariaDB of our own on a free port of 127.0.0.1, as whatever user we are.
 *
 * @param options `dir` keeps data and password there for the next time; default a temporary folder
 * @throws TestbedError `didNotStart`, and what findMariadb throws
 */
export async function startPrivateMariadb(
  options: { dir?: string; cache?: string; onProgress?: (progress: UnpackProgress) => void } = {},
): Promise<PrivateMariadb> {
  const { dir, ...finding } = options;
  const install = await findMariadb(finding);
  // The socket never goes into `dir`, whose path may be longer than a socket's may be.
  const temporary = makeTemporaryFolder('db');
  try {
    return await startIn(install, temporary, dir ?? temporary.path);
  } catch (error) {
    await temporary.remove();
    throw error;
  }
}

async function startIn(
  install: MariadbInstall,
  temporary: TemporaryFolder,
  folder: string,
): Promise<PrivateMariadb> {
  const dataDir = join(folder, 'data');
  const password = await passwordKeptIn(folder);
  if (!existsSync(dataDir)) await bootstrapDataFolder(install, dataDir, { user: USER, password });

  const login: MariadbLogin = { host: HOST, port: await freeTcpPort(HOST), user: USER, password };
  const socketPath = join(temporary.path, 'db.sock');
  const command = [
    ...install.command,
    ...basicOptions(install, dataDir),
    `--tmpdir=${temporary.path}`,
    `--socket=${socketPath}`,
    `--pid-file=${join(temporary.path, 'db.pid')}`,
    `--port=${login.port}`,
    `--bind-address=${HOST}`,
    '--skip-networking=0',
    '--skip-name-resolve',
    '--max-connections=300',
    // As in production: what was committed is on the disk.
    '--innodb-flush-log-at-trx-commit=1',
  ];
  let server = await startServer(command, login);

  const stop = async () => {
    server.signal('SIGCONT');
    await server.stop('SIGTERM', STOP_GRACE_MS);
  };
  return {
    ...login,
    socketPath,
    version: install.version,
    createDatabase: async (name) => createDatabase(login, name),
    pause: () => void server.signal('SIGSTOP'),
    resume: () => void server.signal('SIGCONT'),
    stopServer: stop,
    async startServer() {
      if (server.hasEnded()) server = await startServer(command, login);
    },
    async close() {
      await stop();
      await temporary.remove();
    },
  };
}

/** Starts the server and waits until it takes our login. */
async function startServer(command: string[], login: MariadbLogin): Promise<RunningChild> {
  const server = await startChild(command);
  try {
    await until(async () => server.hasEnded() || (await answers(login)), {
      what: 'MariaDB takes connections',
      timeoutMs: START_TIMEOUT_MS,
    });
    if (!server.hasEnded()) return server;
  } catch (error) {
    await server.stop('SIGKILL');
    throw error;
  }
  throw new TestbedError(
    'didNotStart',
    'MariaDB が起動しません。 / MariaDB did not start.',
    server.lastLines().slice(-8),
  );
}

async function answers(login: MariadbLogin): Promise<boolean> {
  try {
    const connection = await createConnection({ ...login, connectTimeout: 2_000 });
    await connection.query('SELECT 1');
    await connection.end();
    return true;
  } catch {
    return false;
  }
}

async function createDatabase(login: MariadbLogin, name: string) {
  if (!/^\w{1,64}$/.test(name)) throw new Error(`not a database name: ${name}`);
  const connection = await createConnection({ ...login });
  try {
    await connection.query(`DROP DATABASE IF EXISTS ${name}`);
    await connection.query(`CREATE DATABASE ${name}`);
  } finally {
    await connection.end();
  }
  return { ...login, database: name };
}

async function passwordKeptIn(folder: string): Promise<string> {
  const path = join(folder, 'password');
  if (existsSync(path)) return readFile(path, 'utf8');
  const password = randomBytes(16).toString('hex');
  await mkdir(folder, { recursive: true });
  await writeFile(path, password, { mode: 0o600 });
  return password;
}
