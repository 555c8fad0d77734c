import type { ConsoleAppOptions, ConsolePart } from './console-app.js';
import { CardSearchStore } from './consultations/card-search-store.js';
import { DeskStore } from './hotline/desk-store.js';
import { hotdeskRoutes } from './http/hotdesk-router.js';

/** The part of the console for counsellors and supervisors: constructed by console-app.ts, and only there. */
export function createHotdeskApp({ database, codec, users }: ConsoleAppOptions): ConsolePart {
  const stored = { database, codec };
  return {
    routes: hotdeskRoutes({
      desks: new DeskStore(stored),
      search: new CardSearchStore(stored),
      places: users.places,
      recordLook: users.recordLook,
    }),
  };
}
