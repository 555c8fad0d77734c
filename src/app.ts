import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { AlertStore } from './alerts/alert-store.js';
import { AmiCallInBox } from './asterisk/ami/ami-call-in-box.js';
import { AmiLink } from './asterisk/ami/ami-link.js';
import { SipRefusalWatch } from './asterisk/ami/sip-refusals.js';
import { TaskProcessorWatch } from './asterisk/ami/task-processors.js';
import { AriPhone } from './asterisk/ari/ari-phone.js';
import { CelRecords } from './asterisk/cel/cel-records.js';
import type { CallWatcher } from './checkins/attempt.js';
import { AttemptStore } from './checkins/attempt-store.js';
import { CallInCollector } from './checkins/call-in-collector.js';
import { CallInStore } from './checkins/call-in-store.js';
import { CheckinService } from './checkins/checkin-service.js';
import { ClaimStore } from './checkins/claim-store.js';
import { Deadline } from './checkins/deadline.js';
import { DeadlineStore } from './checkins/deadline-store.js';
import { Dialler } from './checkins/dialler.js';
import { LedgerStore } from './checkins/ledger-store.js';
import { PlanStore } from './checkins/plan-store.js';
import { Planner } from './checkins/planner.js';
import { Recovery } from './checkins/recovery.js';
import { ResultKeeper } from './checkins/result-keeper.js';
import { scriptOf } from './checkins/script-of.js';
import { TimelineStore } from './checkins/timeline-store.js';
import { systemClock, type Clock } from './clock.js';
import { baseUrlOf, databaseSettings, smtpSettings, type Config } from './config.js';
import { createConsoleApp } from './console-app.js';
import { createConsultationsApp } from './consultations-app.js';
import { createHotlineApp, type HotlineApp } from './hotline-app.js';
import { createHttpServer } from './http/server.js';
import { createHoldApp } from './hold-app.js';
import type { Logger } from './log.js';
import { smtpPost } from './mails/smtp-post.js';
import { OrganizationStore } from './organizations/organization-store.js';
import { createPersonalDataApp } from './personal-data-app.js';
import { projectRoot } from './project-root.js';
import { ServiceHealth } from './service-health.js';
import { migrate, openDatabase, type Database } from './storage/database.js';
import { LeaseStore, thisProcess } from './storage/lease-store.js';
import { WriteGroup } from './storage/write-group.js';
import { createWallboardApp, type WallboardApp } from './wallboard-app.js';
import { createUsersModule, type UsersModule } from './users/users-module.js';
import { createWatchApp, type WatchApp } from './watch-app.js';

export interface AppOptions {
  config: Config;
  log: Logger;
  clock?: Clock;
  /** Told of every call as it goes. */
  watch?: CallWatcher;
  /** Users may come in by a link without a password: for the demo alone, and by no setting. */
  loginLinks?: boolean;
  /** The service cannot go on: its caller ends the process. */
  onFatal: (why: string) => void;
}

export interface App {
  database: Database;
  users: UsersModule;
  /** @returns the port where HTTP listens */
  start(): Promise<number>;
  stop(): Promise<void>;
}

/** The composition root: everything is constructed here, and only here. */
export function createApp({
  config,
  log,
  clock = systemClock,
  watch = () => undefined,
  loginLinks = false,
  onFatal,
}: AppOptions): App {
  const database = openDatabase(databaseSettings(config));
  const { codec, ...personalData } = createPersonalDataApp({ config, database, clock, log });
  const pbxId = config.PBX_ID;
  const alerts = new AlertStore(database);
  const writes = new WriteGroup(database);
  const attempts = new AttemptStore({ database, codec, writes });
  const claims = new ClaimStore({ database, codec, writes });
  const keeper = new ResultKeeper({ attempts, log });
  const records = new CelRecords(config.ASTERISK_RECORDS_DIR);
  const organizations = new OrganizationStore(database);

  const manager = {
    host: config.AMI_HOST,
    port: config.AMI_PORT,
    user: config.AMI_USER,
    password: config.AMI_PASSWORD,
    log,
  };
  const ami = new AmiLink(manager);
  const refusals = new SipRefusalWatch(new AmiLink({ ...manager, eventMask: 'security' }), (reason) =>
    metrics.countSipRefusal(reason),
  );
  const taskProcessors = new TaskProcessorWatch(ami);
  const phone = new AriPhone({
    pbxId,
    baseUrl: config.ARI_URL,
    user: config.ARI_USER,
    password: config.ARI_PASSWORD,
    callerNumber: config.CALLER_NUMBER,
    clock,
    log,
    onUp: () => {
      service.linkIsUp();
      hotline.service.linkIsUp();
      // The link is its owner's alone, and so are the exchange's files.
      consultations.keeper.start();
    },
    onDown: () => service.linkIsDown(),
    onReplaced: () => onFatal('another process took our place at the exchange'),
  });
  const dialler: Dialler = new Dialler({
    pbxId,
    limits: {
      channelCap: config.CHANNEL_CAP,
      reservedForOthers: config.RESERVED_CHANNELS,
      startsPerSecond: config.STARTS_PER_SECOND,
    },
    phone,
    claims,
    alerts,
    keeper,
    scriptFor: scriptOf({ maxAsks: config.MAX_ASKS, keySeconds: config.KEY_SECONDS, clock }),
    organizations: () => service.organizations(),
    mayDial: () => service.mayDial(),
    isHeld: () => holding.hold.isHeld(),
    exchangeIsStrained: () => taskProcessors.isStrained,
    clock,
    log,
    watch: (news) => {
      wallboard.watchCall(news);
      if (news.what === 'ended' && news.detail) metrics.countAttempt(news.detail);
      watch(news);
    },
  });
  const recovery = new Recovery({
    pbxId,
    phone,
    records,
    attempts,
    dialler,
    keeper,
    organizations: () => service.organizations(),
    clock,
    log,
  });
  const deadline = new Deadline({ store: new DeadlineStore(database), alerts, clock, log });
  const service: CheckinService = new CheckinService({
    pbxId,
    identity: thisProcess(randomUUID()),
    leases: new LeaseStore(database),
    organizations,
    planner: new Planner({
      plans: new PlanStore(database),
      organizations: () => service.organizations(),
      clock,
      log,
    }),
    dialler,
    recovery,
    deadline,
    records,
    callIns: new CallInCollector({
      pbxId,
      box: new AmiCallInBox(ami),
      store: new CallInStore({ database, codec }),
      now: clock,
      log,
    }),
    phoneLink: phone,
    clock,
    log,
    onLost: () => onFatal('another process owns the exchange now'),
  });

  let port = config.HTTP_PORT;
  const smtp = smtpSettings(config);
  const users = createUsersModule({
    database,
    codec,
    post: smtp && smtpPost(smtp),
    baseUrl: () => baseUrlOf(config, port),
    limits: { idleMinutes: config.SESSION_IDLE_MINUTES, hours: config.SESSION_HOURS },
    accessLogDays: config.ACCESS_LOG_DAYS,
    loginLinks,
    clock,
    log,
  });
  const holding = createHoldApp({
    ...{ config, database, codec, records, clock, log },
    accessLog: users.accessLog,
  });
  const consultations = createConsultationsApp({ config, database, codec, alerts, clock, log });
  const hotline: HotlineApp = createHotlineApp({
    config,
    database,
    codec,
    ami,
    phone,
    organizations: () => service.organizations(),
    ownsExchange: () => service.ownsExchange(),
    openCard: (call) => consultations.opener.open(call),
    live: () => wallboard.live,
    clock,
    log,
  });

  const ledgers = new LedgerStore({ database, codec });
  const health = new ServiceHealth({
    database,
    phoneLink: phone,
    ami,
    queues: hotline.queues,
    service,
    keeper,
    holds: () => holding.hold.holds,
    users,
    heartbeat: () => watching.heartbeat(),
    clock,
  });
  const watching: WatchApp = createWatchApp({
    ...{ config, database, hotline, ledgers, claims, keeper, dialler, users, deadline, taskProcessors },
    ...{ health, clock, log },
    organizations: () => service.organizations(),
    holds: () => holding.hold.holds.map(({ reason }) => reason),
    liveSockets: () => wallboard.live?.holds.connected ?? 0,
  });
  const { metrics } = watching;
  const behindPages = {
    ...{ config, database, codec, users, clock, log },
    organizations: () => service.organizations(),
    health: () => health.look(),
  };
  const wallboard: WallboardApp = createWallboardApp({
    ...behindPages,
    hotline,
    checkInChannels: () => dialler.channelsInUse,
  });
  const consoleApp = createConsoleApp({ ...behindPages, ami, phone });
  const http = createHttpServer({
    ledgers,
    timelines: new TimelineStore({ database }),
    hotline: hotline.http,
    wallboard: wallboard.http,
    pagesFolder: join(projectRoot, 'dist/web'),
    consultations: consultations.http,
    console: [...consoleApp.routes, ...holding.routes, ...watching.routes],
    health: () => health.look(),
    metrics,
    users,
    apiToken: config.API_TOKEN,
    baseUrl: config.BASE_URL,
    trustedProxies: config.TRUSTED_PROXIES,
    log,
    clock,
  });

  return {
    database,
    users,
    async start() {
      await migrate(database);
      await personalData.start();
      port = await http.listen(config.HTTP_HOST, config.HTTP_PORT);
      ami.start();
      taskProcessors.start();
      users.start();
      consoleApp.start();
      watching.start();
      refusals.start();
      await holding.start();
      await service.start();
      wallboard.start(http);
      await hotline.start();
      return port;
    },
    async stop() {
      await hotline.stop();
      await consultations.keeper.stop();
      await service.stop(config.FINISH_SECONDS * 1000);
      holding.stop();
      hotline.close();
      wallboard.stop();
      await http.close();
      await consoleApp.stop();
      await watching.stop();
      await users.stop();
      metrics.close();
      taskProcessors.stop();
      refusals.stop();
      ami.stop();
      await personalData.stop();
      await database.destroy();
    },
  };
}
