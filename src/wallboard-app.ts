import { boundsOfDay, localDate } from './checkins/local-day.js';
import type { CallWatcher } from './checkins/attempt.js';
import type { Clock } from './clock.js';
import type { Config } from './config.js';
import type { HotlineApp } from './hotline-app.js';
import { callsInQueues } from './hotline/queue-picture.js';
import type { HttpServer } from './http/server.js';
import { kpisOf } from './hotline/kpis.js';
import type { Health } from './http/health.js';
import type { WallboardSource } from './http/wallboard-router.js';
import { liveEntry } from './live/live-entry.js';
import { LiveServer } from './live/live-server.js';
import type { UsersModule } from './users/users-module.js';
import type { Logger } from './log.js';
import type { Organization } from './organizations/organization-store.js';
import type { Database } from './storage/database.js';
import type { PersonalDataCodec } from './storage/personal-data.js';
import type { HotlineFigures } from './wallboard/hotline-tile.js';
import { LiveCalls } from './wallboard/live-calls.js';
import { ScreenStore } from './wallboard/screen-store.js';
import { Screens } from './wallboard/screens.js';
import { WallboardFactsStore } from './wallboard/wallboard-facts-store.js';
import { WallboardFeed } from './wallboard/wallboard-feed.js';
import { WallboardSettingsStore } from './wallboard/wallboard-settings-store.js';
import { linkNames, mailLink, type LinkFacts } from './wallboard/wallboard-view.js';

export interface WallboardAppOptions {
  config: Config;
  database: Database;
  codec: PersonalDataCodec;
  hotline: Pick<HotlineApp, 'http' | 'book' | 'watch'>;
  organizations: () => ReadonlyMap<number, Organization>;
  health: () => Promise<Health>;
  users: Pick<UsersModule, 'sessions' | 'recordLook'>;
  /** Lines that check-in calls take now. */
  checkInChannels: () => number;
  clock: Clock;
  log: Logger;
}

export interface WallboardApp {
  readonly http: WallboardSource;
  /** Who tells screens; undefined until the start. */
  readonly live: LiveServer | undefined;
  /** Told of every check-in call as it goes. */
  readonly watchCall: CallWatcher;
  start(http: Pick<HttpServer, 'server' | 'gate'>): void;
  stop(): void;
}

/** The wallboard's part of the composition: constructed by app.ts, and only there. */
export function createWallboardApp(options: WallboardAppOptions): WallboardApp {
  const { config, database, codec, hotline, organizations, health, users, clock, log } = options;
  let live: LiveServer | undefined;
  const facts = new WallboardFactsStore({ database, codec });
  const settings = new WallboardSettingsStore(database);
  const calls = new LiveCalls({ clock, onChange: (organizationId) => feed.callChanged(organizationId) });

  const screens = new Screens({
    store: new ScreenStore(database),
    clock,
    onRevoked: (id) => live?.cutOffScreen(id),
  });

  const figures = async (organizationId: number): Promise<HotlineFigures> => {
    const now = clock();
    const own = hotline.book.lines.filter(({ line }) => line.organizationId === organizationId);
    const lines: HotlineFigures['lines'] = new Map(
      await Promise.all(
        own.map(async ({ line }) => {
          const { from } = boundsOfDay(localDate(now, line.timeZone), line.timeZone);
          return [line.id, kpisOf(await hotline.http.kpis.facts(line, from, now))] as const;
        }),
      ),
    );
    return { lines, callBacksDueAt: await facts.callBacksDueAt(organizationId), readAt: now };
  };
  const links = async (): Promise<{ list: LinkFacts[]; readAt: Date }> => {
    const told = await health();
    const list = linkNames.flatMap((name): LinkFacts[] => {
      if (name === 'mail') return mailLink(told.mail);
      const link: { ok: boolean; since?: Date } = told.links[name];
      return [{ name, ok: link.ok, since: link.since }];
    });
    const [held] = told.holds;
    if (held) list.push({ name: 'dialling', ok: false, since: held.since });
    return { list, readAt: clock() };
  };

  const feed: WallboardFeed = new WallboardFeed({
    sources: {
      organization: (id) => organizations().get(id),
      settings: (id) => settings.of(id),
      day: (id, zone) => facts.day(id, zone, clock()),
      alerts: (id) => facts.alerts(id, clock()),
      figures,
      links,
      people: (ids) => facts.people(ids),
      picture: hotline.http.picture,
      trunks: () => [
        {
          id: config.PBX_ID,
          checkIns: options.checkInChannels(),
          hotline: callsInQueues(hotline.watch.picture),
          cap: config.CHANNEL_CAP,
        },
      ],
      calls,
    },
    watched: () => live?.watchedBoards() ?? [],
    send: (to, view) => live?.tellWallboard(to, view),
    clock,
    log,
  });
  hotline.watch.on('picture', () => feed.changed());

  return {
    get live() {
      return live;
    },
    watchCall: calls.watch,
    http: {
      organizations: () => [...organizations().values()],
      settings: (id) => settings.of(id),
      saveSettings: async (id, given) => {
        await settings.save(id, given, clock());
        feed.settingsChanged(id);
      },
      screens,
    },
    start({ server, gate }) {
      live = new LiveServer({
        server,
        enter: liveEntry({
          enterSocket: (shown) => gate.enterSocket(shown),
          enterScreen: (token) => screens.enter(token),
        }),
        sessions: users.sessions,
        picture: hotline.http.picture,
        wallboard: (of) => feed.first(of),
        recordLook: async ({ session, organizationId }, { card }) => {
          if (!card) return;
          const whom = { subject: 'card', subjectId: card.card.id, organizationId } as const;
          await users.recordLook(session?.userId, 'call.follow', whom);
        },
        log,
      });
      feed.start();
    },
    stop() {
      feed.stop();
      live?.close();
    },
  };
}
