import { join } from 'node:path';
import { pbxPlaceSchema, type PbxPlace } from '../asterisk/config/pbx-instance.js';
import type { TrunkFile } from '../asterisk/config/trunk-settings.js';
import type { DatabaseSettings } from '../storage/database.js';
import type { Answers } from './question.js';

/** Where everything lies. */
export function setupFiles(dir: string) {
  return {
    state: join(dir, 'setup.json'),
    trunk: join(dir, 'trunk.json'),
    pbx: join(dir, 'pbx'),
    databasePassword: join(dir, 'database-password'),
    voiceKey: join(dir, 'voice.key'),
    settings: join(dir, 'genkidesu.env'),
  };
}

export function databaseOf(answers: Answers): DatabaseSettings {
  const { dataDir = '', databaseHost = '', databaseUser = '', databasePassword = '' } = answers;
  if (answers.databaseEngine !== 'mariadb') return { engine: 'sqlite', file: join(dataDir, 'genkidesu.db') };
  return {
    engine: 'mariadb',
    host: databaseHost,
    port: Number(answers.databasePort),
    user: databaseUser,
    password: databasePassword,
    database: answers.databaseName ?? '',
  };
}

/** The trunk file that the answers make; what it says is judged by its own schema. */
export function trunkFileOf(answers: Answers): unknown {
  const { trunkUsername = '', trunkPassword, trunkAuthUsername = '', hotlineNumbers = '' } = answers;
  const file: { [Field in keyof TrunkFile]?: unknown } = {
    preset: answers.preset,
    host: answers.trunkHost,
    port: Number(answers.trunkPort),
    ...given('domain', answers.trunkDomain),
    ...given('outboundProxy', answers.outboundProxy),
    ...(answers.trunkMatch ? { match: answers.trunkMatch.split(',') } : {}),
    callerNumber: answers.callerNumber,
    ...(hotlineNumbers === '' ? {} : { hotlineNumbers: hotlineNumbers.split(',') }),
    numberFormat: answers.numberFormat,
    callerFormat: answers.callerFormat,
    identityHeader: answers.identityHeader,
    sessionTimers: answers.sessionTimers,
    ...(answers.sessionExpiresSeconds
      ? { sessionExpiresSeconds: Number(answers.sessionExpiresSeconds) }
      : {}),
    dtmfMode: answers.dtmfMode,
    channelCap: Number(answers.channelCap),
    ...(trunkUsername === ''
      ? {}
      : {
          registration: {
            username: trunkUsername,
            password: trunkPassword,
            ...given('authUsername', trunkAuthUsername),
          },
        }),
  };
  return file;
}

function given(field: string, value: string | undefined): Record<string, string> {
  return value ? { [field]: value } : {};
}

/** @throws ZodError; the questions have seen to it that there is no reason */
export function placeOf(answers: Answers): PbxPlace {
  return pbxPlaceSchema.parse({
    modules: answers.asteriskModules,
    data: answers.asteriskData,
    sipHost: answers.sipHost,
    sipPort: answers.sipPort,
    rtp: answers.rtpPorts,
    ariPort: answers.ariPort,
    amiPort: answers.amiPort,
  });
}

/**
 * The settings beside those that the exchange's folder tells; secrets are named by their files.
 * Undefined takes out what an earlier answer had put in.
 */
export function ownSettings(dir: string, answers: Answers): Record<string, string | undefined> {
  const isServer = answers.databaseEngine === 'mariadb';
  const ofServer = (value: string | undefined): string | undefined => (isServer ? value : undefined);
  return {
    GENKIDESU_DATA: answers.dataDir,
    DATABASE_ENGINE: answers.databaseEngine,
    DATABASE_HOST: ofServer(answers.databaseHost),
    DATABASE_PORT: ofServer(answers.databasePort),
    DATABASE_NAME: ofServer(answers.databaseName),
    DATABASE_USER: ofServer(answers.databaseUser),
    DATABASE_PASSWORD_FILE: ofServer(setupFiles(dir).databasePassword),
    VOICE_KEY_FILE: setupFiles(dir).voiceKey,
    HTTP_PORT: answers.httpPort,
  };
}
