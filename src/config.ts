import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import type { SmtpSettings } from './mails/smtp-post.js';
import type { DatabaseSettings } from './storage/database.js';
import { KeyFileError, readKeyText } from './storage/key-file.js';
import { readPersonalDataKeys } from './storage/personal-data-keys.js';
import { readVoiceKey } from './voice/voice-key.js';

const port = z.coerce.number().int().min(0).max(65535);

/** An address, a network such as 10.0.0.0/8, or one of express' names for private ones. */
function isNetwork(text: string): boolean {
  const [address = '', bits, more] = text.split('/');
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true;
  return isIP(address) !== 0 && more === undefined && (bits === undefined || /^\d{1,3}$/.test(bits));
}

const keyMissing =
  'needed, and not set; make a key with "genkidesu key new FILE" and put the file\'s path into PERSONAL_DATA_KEY_FILE';

const needed = z.string({ error: 'needed, and not set' });

/** Every setting of the service: environment variables, each also as NAME_FILE with the value in a file. README has the table. */
const schema = z.object({
  GENKIDESU_DATA: z.string().default('data'),
  DATABASE_ENGINE: z.enum(['sqlite', 'mariadb']).default('sqlite'),
  DATABASE_HOST: z.string().default('127.0.0.1'),
  DATABASE_PORT: port.default(3306),
  DATABASE_USER: z.string().default('genkidesu'),
  DATABASE_PASSWORD: z.string().default(''),
  DATABASE_NAME: z.string().default('genkidesu'),
  LOOKUP_KEY: needed.min(16, 'at least 16 characters'),
  PERSONAL_DATA_KEY: z.string({ error: keyMissing }).superRefine((text, context) => {
    const reading = readPersonalDataKeys(text);
    if (!reading.ok) context.addIssue({ code: 'custom', message: reading.problem });
  }),
  PERSONAL_DATA_KEY_FILE: z.string().optional(),
  PBX_ID: z
    .string()
    .regex(/^[a-z0-9-]{1,32}$/, 'small letters, digits and hyphens')
    .default('pbx1'),
  ARI_URL: z.url().default('http://127.0.0.1:8088'),
  ARI_USER: z.string().default('genkidesu'),
  ARI_PASSWORD: needed.min(1),
  AMI_HOST: z.string().default('127.0.0.1'),
  AMI_PORT: port.default(5038),
  AMI_USER: z.string().default('genkidesu'),
  AMI_PASSWORD: needed.min(1),
  ASTERISK_RECORDS_DIR: z.string().default('/var/log/asterisk/cel-custom'),
  ASTERISK_QUEUE_LOG: z.string().default('/var/log/asterisk/queue_log'),
  CALLER_NUMBER: needed.regex(/^0\d{9,10}$/, 'a Japanese number in digits, such as 0471234567'),
  CHANNEL_CAP: z.coerce.number().int().min(1).max(2000).default(2),
  RESERVED_CHANNELS: z.coerce.number().int().min(0).default(0),
  STARTS_PER_SECOND: z.coerce.number().min(0.1).max(1000).default(1),
  KEY_SECONDS: z.coerce.number().int().min(2).max(60).default(8),
  WRAP_UP_SECONDS: z.coerce.number().int().min(0).max(3600).default(0),
  MAX_ASKS: z.coerce.number().int().min(1).max(5).default(3),
  HTTP_HOST: z.string().default('127.0.0.1'),
  HTTP_PORT: port.default(3000),
  BASE_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  TRUSTED_PROXIES: z
    .string()
    .refine((list) => list.split(',').every((part) => isNetwork(part.trim())), 'addresses, or loopback')
    .optional(),
  SESSION_IDLE_MINUTES: z.coerce.number().int().min(1).max(1440).default(60),
  SESSION_HOURS: z.coerce.number().int().min(1).max(168).default(12),
  ACCESS_LOG_DAYS: z.coerce.number().int().min(1).max(36_500).default(1095),
  SMTP_HOST: z.string().optional(),
  SMTP_PORT: port.default(587),
  SMTP_SECURITY: z.enum(['starttls', 'tls', 'none']).default('starttls'),
  SMTP_USER: z.string().optional(),
  SMTP_PASSWORD: z.string().default(''),
  MAIL_FROM: z.string().default('genkidesu@localhost'),
  API_TOKEN: z.string().min(16, 'at least 16 characters').optional(),
  VOICE_KEY: z
    .string()
    .refine((text) => readVoiceKey(text) !== undefined, '32 bytes, in base64 or as 64 hexadecimal digits')
    .optional(),
  HEARTBEAT_URL: z.url({ protocol: /^https?$/ }).optional(),
  PBX_CERTIFICATE: z.string().optional(),
  BACKUP_KEY: z.string().optional(),
  BACKUP_KEY_FILE: z.string().optional(),
  FINISH_SECONDS: z.coerce.number().int().min(0).default(120),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

export type Config = Readonly<z.infer<typeof schema>>;

/** One or more settings cannot be used; the message names each and what is expected. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads the settings.
 *
 * @param environment usually `process.env`
 * @throws ConfigError naming every bad variable
 */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const given: Record<string, string> = {};
  const problems: string[] = [];
  const unreadable = new Set<string>();
  for (const name of Object.keys(schema.shape)) {
    const file = environment[`${name}_FILE`];
    const value = environment[name];
    if (value !== undefined && value !== '') given[name] = value;
    // Whoever makes a backup reads it: the calls go on without it.
    else if (file && name !== 'BACKUP_KEY') {
      try {
        // It opens all that the database holds of people, so it must lie where nobody else can read it.
        given[name] = (name === 'PERSONAL_DATA_KEY' ? readKeyText(file) : readFileSync(file, 'utf8')).trim();
      } catch (error) {
        unreadable.add(name);
        const why = error instanceof KeyFileError ? error.message : `${file} cannot be read`;
        problems.push(`${name}_FILE: ${why}`);
      }
    }
  }
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    // A file that is away is told once: that its value is missing too, and how to make a new one, misleads.
    const others = parsed.error.issues.filter(({ path }) => !unreadable.has(path.join('.')));
    problems.push(...others.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  }
  // Which of two would new values be written with? And only the file can be given new keys.
  if (environment.PERSONAL_DATA_KEY && environment.PERSONAL_DATA_KEY_FILE)
    problems.push('PERSONAL_DATA_KEY: set it or PERSONAL_DATA_KEY_FILE, and not both');
  if (!parsed.success || problems.length > 0) throw new ConfigError(`settings:\n  ${problems.join('\n  ')}`);
  return Object.freeze(parsed.data);
}

/** Where the pages are, for links in mails: without a setting, at the port of this machine. */
export function baseUrlOf(config: Config, port = config.HTTP_PORT): string {
  return config.BASE_URL ?? `http://${config.HTTP_HOST}:${port}`;
}

/** Undefined when no mail server is set: then mails wait. */
export function smtpSettings(config: Config): SmtpSettings | undefined {
  if (config.SMTP_HOST === undefined) return undefined;
  return {
    host: config.SMTP_HOST,
    port: config.SMTP_PORT,
    security: config.SMTP_SECURITY,
    user: config.SMTP_USER,
    password: config.SMTP_PASSWORD,
    from: config.MAIL_FROM,
  };
}

export function databaseSettings(config: Config): DatabaseSettings {
  if (config.DATABASE_ENGINE === 'sqlite')
    return { engine: 'sqlite', file: join(config.GENKIDESU_DATA, 'genkidesu.db') };
  return {
    engine: 'mariadb',
    host: config.DATABASE_HOST,
    port: config.DATABASE_PORT,
    user: config.DATABASE_USER,
    password: config.DATABASE_PASSWORD,
    database: config.DATABASE_NAME,
  };
}
