import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import type { MailPost } from '../mails/mail-post.js';
import { MailSender } from '../mails/mail-sender.js';
import { MailStore } from '../mails/mail-store.js';
import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import { AccessLogKeeper } from './access-log-keeper.js';
import { AccessLogStore } from './access-log-store.js';
import { Account } from './account.js';
import { AddressLimit } from './address-limit.js';
import { Invitations } from './invitations.js';
import { LinkStore } from './link-store.js';
import { LoginFailureStore } from './login-failure-store.js';
import { createRecordLook, type RecordLook } from './looks.js';
import { Passwords } from './passwords.js';
import { PlaceStore } from './place-store.js';
import { SecondFactorStore } from './second-factor-store.js';
import type { SessionLimits } from './session-life.js';
import { SessionStore } from './session-store.js';
import { Sessions } from './sessions.js';
import { SignIn } from './sign-in.js';
import { UserEditing } from './user-editing.js';
import { UserLinks } from './user-links.js';
import { UserStore } from './user-store.js';

export interface UsersModuleOptions {
  database: Database;
  codec: PersonalDataCodec;
  /** Undefined when no mail server is set: mails wait. */
  post: MailPost | undefined;
  /** Where the pages are, without a slash at the end; asked at each link, when the port is known. */
  baseUrl: () => string;
  limits: SessionLimits;
  /** How long entries of the access log are kept; default three years. */
  accessLogDays?: number;
  /** Tries to come in that one network address has a minute. */
  triesPerMinute?: number;
  /** Only the demo, which knows nobody but simulated people, lets its users in by a link; no setting does. */
  loginLinks?: boolean;
  clock: Clock;
  log: Logger;
}

export interface UsersModule {
  users: UserStore;
  places: PlaceStore;
  sessions: Sessions;
  signIn: SignIn;
  account: Account;
  invitations: Invitations;
  editing: UserEditing;
  userLinks: UserLinks;
  factors: SecondFactorStore;
  accessLog: AccessLogStore;
  mails: MailStore;
  mailSender: MailSender;
  /** How often each network address may try. */
  addresses: AddressLimit;
  recordLook: RecordLook;
  hasMailServer: boolean;
  hasLoginLinks: boolean;
  clock: Clock;
  start(): void;
  stop(): Promise<void>;
}

/** A person's mistakes fit in; guessing does not. */
const usualTriesPerMinute = 20;
const usualAccessLogDays = 3 * 365;

/** Everything about who may come in, put together for the composition root and the commands. */
export function createUsersModule(options: UsersModuleOptions): UsersModule {
  const { database, codec, post, baseUrl, limits, clock, log } = options;
  const stores = { database, codec };
  const users = new UserStore(stores);
  const failures = new LoginFailureStore(stores);
  const factors = new SecondFactorStore(stores);
  const accessLog = new AccessLogStore(stores);
  const mails = new MailStore(stores);
  const links = new LinkStore(database);
  const passwords = new Passwords();
  const addresses = new AddressLimit(options.triesPerMinute ?? usualTriesPerMinute);
  const sessions = new Sessions({ store: new SessionStore(stores), users, failures, limits, clock, log });
  const common = { database, users, failures, factors, links, sessions, passwords, accessLog, mails, clock };
  const account = new Account(common);
  const loginLinks = options.loginLinks === true;
  const userLinks = new UserLinks({ ...common, account, baseUrl, loginLinks });
  const mailSender = new MailSender({ mails, post, clock, log });
  const days = options.accessLogDays ?? usualAccessLogDays;
  const accessLogKeeper = new AccessLogKeeper({ accessLog, days, clock, log });
  return {
    users,
    places: new PlaceStore(database),
    sessions,
    signIn: new SignIn({ ...common, addresses }),
    account,
    invitations: new Invitations({ ...common, userLinks }),
    editing: new UserEditing(common),
    userLinks,
    factors,
    accessLog,
    mails,
    mailSender,
    addresses,
    recordLook: createRecordLook(accessLog, clock),
    hasMailServer: post !== undefined,
    hasLoginLinks: loginLinks,
    clock,
    start() {
      sessions.start();
      mailSender.start();
      accessLogKeeper.start();
    },
    async stop() {
      sessions.stop();
      await mailSender.stop();
      await accessLogKeeper.stop();
    },
  };
}
