import { AmiHotlineEntries } from './asterisk/ami/ami-hotline-entries.js';
import { AmiLink } from './asterisk/ami/ami-link.js';
import { AmiOrders } from './asterisk/ami/ami-orders.js';
import { AmiPhoneFinder } from './asterisk/ami/ami-phone-finder.js';
import { AmiQueueFeed } from './asterisk/ami/ami-queue-feed.js';
import { QueueLogReader } from './asterisk/queue-log/queue-log-reader.js';
import { AriAccounts } from './asterisk/ari/ari-accounts.js';
import type { AriPhone } from './asterisk/ari/ari-phone.js';
import type { Clock } from './clock.js';
import type { Config } from './config.js';
import type { CardView } from './consultations/card-view.js';
import { CallListStore } from './hotline/call-list-store.js';
import { CallCollector } from './hotline/call-collector.js';
import { CounsellorStore } from './hotline/counsellor-store.js';
import { HotlineBook } from './hotline/hotline-book.js';
import { HotlineCallStore } from './hotline/hotline-call-store.js';
import { KpiStore } from './hotline/kpi-store.js';
import type { OpeningHoursOf } from './hotline/opening-hours-of.js';
import { TaskStore } from './hotline/task-store.js';
import { waitOfLine } from './hotline/wait-of-line.js';
import { HotlineOrders } from './hotline/hotline-orders.js';
import { HotlineService } from './hotline/hotline-service.js';
import { HotlineWatch, type AnsweredCall } from './hotline/hotline-watch.js';
import { LineStore } from './hotline/line-store.js';
import { MemberStore } from './hotline/member-store.js';
import { Membership } from './hotline/membership.js';
import { OrderStore } from './hotline/order-store.js';
import { viewPicture, type PictureView } from './hotline/picture-view.js';
import { UrgentNumberStore } from './hotline/urgent-number-store.js';
import type { HttpServerOptions } from './http/server.js';
import type { LiveServer } from './live/live-server.js';
import type { Logger } from './log.js';
import type { Organization } from './organizations/organization-store.js';
import type { Database } from './storage/database.js';
import type { PersonalDataCodec } from './storage/personal-data.js';

export interface HotlineAppOptions {
  config: Config;
  database: Database;
  codec: PersonalDataCodec;
  ami: AmiLink;
  phone: Pick<AriPhone, 'client'>;
  organizations: () => ReadonlyMap<number, Organization>;
  ownsExchange: () => boolean;
  /** What a counsellor's screen shows of who calls; called once for each answered call. */
  openCard: (call: {
    pbxId: string;
    callId: string;
    lineId: number;
    number: string;
    extension: string;
    at: Date;
  }) => Promise<CardView>;
  /** Who shows the picture and tells of calls, once it is there. */
  live: () => Pick<LiveServer, 'tellPicture' | 'tellCall'> | undefined;
  clock: Clock;
  log: Logger;
}

export interface HotlineApp {
  readonly http: HttpServerOptions['hotline'];
  /** The link that the live picture comes over. */
  readonly queues: { readonly isUp: boolean };
  readonly service: HotlineService;
  readonly watch: HotlineWatch;
  readonly book: HotlineBook;
  start(): Promise<void>;
  /** Changes nothing at the exchange any more. */
  stop(): Promise<void>;
  /** Hears nothing of the queues any more. */
  close(): void;
}

/** The hotline's part of the composition: constructed by app.ts, and only there. */
export function createHotlineApp(options: HotlineAppOptions): HotlineApp {
  const { config, database, codec, ami, phone, organizations, clock, log } = options;
  const pbxId = config.PBX_ID;
  const wrapUpSeconds = config.WRAP_UP_SECONDS;
  const counsellorStore = new CounsellorStore({ database, codec });
  const book = new HotlineBook({ lines: new LineStore(database), counsellors: counsellorStore, clock });
  const hoursOf: OpeningHoursOf = (lineId) =>
    Promise.resolve(book.lines.find(({ line }) => line.id === lineId)?.hours);
  const tasks = new TaskStore({ database, codec, hoursOf });
  const calls = new HotlineCallStore({ database, codec, hoursOf });
  const kpis = new KpiStore({ database, wrapUpSeconds });
  const collector = new CallCollector({
    pbxId,
    callLog: new QueueLogReader({ file: config.ASTERISK_QUEUE_LOG }),
    store: calls,
    mayAct: () => options.ownsExchange() && book.isLoaded,
    clock,
    log,
  });
  const exchange = new AmiOrders(ami);
  const feed = new AmiQueueFeed({
    link: new AmiLink({
      host: config.AMI_HOST,
      port: config.AMI_PORT,
      user: config.AMI_USER,
      password: config.AMI_PASSWORD,
      eventMask: 'agent',
      log,
    }),
    log,
  });
  const watch = new HotlineWatch({ feed, clock, wrapUpSeconds });
  const mayAct = (): boolean => options.ownsExchange() && ami.isUp;
  const membership = new Membership({
    store: new MemberStore({ database, pbxId }),
    orders: exchange,
    picture: () => watch.picture,
    isCounsellor: (extension) => book.counsellor(extension) !== undefined,
    onRestored: () => watch.lookAgain(),
    log,
  });
  const service = new HotlineService({
    book,
    counsellors: counsellorStore,
    urgent: new UrgentNumberStore({ database, codec }),
    accounts: new AriAccounts({ client: () => phone.client, log }),
    phones: new AmiPhoneFinder(ami),
    entries: new AmiHotlineEntries(ami),
    membership,
    estimateWait: (line, at) => waitOfLine(line, at, { picture: watch.picture, tasks, kpis, wrapUpSeconds }),
    // The accounts are kept over the other link: counsellors are told only after their telephones have them.
    mayAct: () => mayAct() && phone.client !== undefined,
    onReloaded: () => watch.announce(),
    clock,
    log,
  });
  const orders = new HotlineOrders({
    exchange,
    book,
    watch,
    store: new OrderStore(database),
    tasks,
    mayAct,
    clock,
  });
  const picture = (organizationId: number): PictureView | undefined =>
    organizations().has(organizationId)
      ? viewPicture(
          { picture: watch.picture, lines: book.lines, counsellors: book.counsellors, wrapUpSeconds },
          organizationId,
          clock(),
        )
      : undefined;

  const tellCall = async (call: AnsweredCall): Promise<void> => {
    const line = book.lineOfSlot(call.slot);
    if (!line) return;
    const { callId, extension, number, at } = call;
    const known = { pbxId, callId, lineId: line.id, number, extension, at };
    const card = await options.openCard(known).catch((error: unknown) => {
      log.error({ event: 'hotline.card_failed', callId, err: error }, 'a card could not be opened');
      return null;
    });
    const told = { callId, extension, lineId: line.id, answeredAt: at.toISOString(), card };
    const counsellorId = book.counsellor(extension)?.id;
    const whose = {
      organizationId: line.organizationId,
      ...(counsellorId !== undefined && { counsellorId }),
    };
    options.live()?.tellCall(whose, told);
  };
  let heard = false;
  watch.on('picture', (now) => {
    options.live()?.tellPicture();
    // What the queues show is written in the log, too.
    collector.nudge();
    if (!now.heard) membership.linkIsDown();
    else if (!heard) void service.keepUp();
    heard = now.heard;
    if (!mayAct()) return;
    membership.remember().catch((error: unknown) => {
      log.warn({ event: 'hotline.remember_failed', err: error }, 'who is logged in could not be stored');
    });
  });
  watch.on('answered', (call) => {
    // A second process that waits for the exchange hears the same; one card is enough.
    if (options.ownsExchange()) void tellCall(call);
  });

  return {
    http: {
      orders,
      picture,
      organizationIds: () => [...organizations().keys()],
      tasks,
      calls: new CallListStore({ database, codec }),
      kpis,
    },
    queues: watch,
    service,
    watch,
    book,
    async start() {
      watch.start();
      ami.on('up', service.linkIsUp);
      await service.start();
      collector.start();
    },
    async stop() {
      await service.stop();
      await collector.stop();
    },
    close() {
      watch.stop();
    },
  };
}
