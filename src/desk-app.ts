import { randomUUID } from 'node:crypto';
import { AlertListStore } from './alerts/alert-list-store.js';
import { AlertMailStore } from './alerts/alert-mail-store.js';
import { AlertTeller } from './alerts/alert-teller.js';
import { AlertWorkStore } from './alerts/alert-work-store.js';
import { StationContactStore } from './alerts/station-contact-store.js';
import { AriDeskPhone } from './asterisk/ari/ari-desk-phone.js';
import { CelRecords } from './asterisk/cel/cel-records.js';
import { stationChannelPrefix } from './asterisk/names.js';
import { LedgerStore } from './checkins/ledger-store.js';
import { TimelineStore } from './checkins/timeline-store.js';
import { baseUrlOf } from './config.js';
import type { ConsoleAppOptions, ConsolePart } from './console-app.js';
import { StationCallStore } from './desk/station-call-store.js';
import { StationCalls } from './desk/station-calls.js';
import { StationSettingsStore } from './desk/station-settings-store.js';
import { TodayStore } from './desk/today-store.js';
import { alertMailsRoutes } from './http/alert-mails-router.js';
import { alertsRoutes } from './http/alerts-router.js';
import { deskRoutes } from './http/desk-router.js';
import { MailStore } from './mails/mail-store.js';

/** The stations' part of the console: constructed by console-app.ts, and only there. */
export function createDeskApp(options: ConsoleAppOptions): ConsolePart {
  const { config, database, codec, ami, phone, users, clock, log } = options;
  const { places, recordLook } = users;
  const stores = { database, codec };
  const calls = new StationCallStore(stores);
  const mails = new AlertMailStore({
    ...stores,
    mails: new MailStore(stores),
    baseUrl: () => baseUrlOf(config),
  });
  const teller = new AlertTeller({ mails, clock, log });
  const stationCalls = new StationCalls({
    pbxId: config.PBX_ID,
    phone: new AriDeskPhone({
      phone,
      ami,
      records: new CelRecords(config.ASTERISK_RECORDS_DIR, stationChannelPrefix),
      callerNumber: config.CALLER_NUMBER,
    }),
    store: calls,
    channelCap: config.CHANNEL_CAP,
    newId: randomUUID,
    clock,
    log,
  });
  return {
    routes: [
      ...alertMailsRoutes({ mails, contacts: new StationContactStore(stores), places, clock }),
      ...alertsRoutes({
        alerts: new AlertListStore(stores),
        work: new AlertWorkStore(stores),
        calls,
        timelines: new TimelineStore({ database }),
        places,
        recordLook,
        clock,
      }),
      ...deskRoutes({
        today: new TodayStore({ ...stores, ledgers: new LedgerStore(stores), calls }),
        stationCalls,
        calls,
        settings: new StationSettingsStore(stores),
        places,
        recordLook,
        clock,
      }),
    ],
    start() {
      teller.start();
      stationCalls.start();
    },
    async stop() {
      await stationCalls.stop();
      await teller.stop();
    },
  };
}
