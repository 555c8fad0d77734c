import { draftsRoutes, type DraftsSource } from './drafts-router.js';
import type { Route } from './route.js';
import { subscriberEditRoutes, type SubscriberEditSource } from './subscriber-edit-router.js';
import { subscriberFilesRoutes, type SubscriberFilesSource } from './subscriber-files-router.js';
import { subscribersRoutes, type SubscribersSource } from './subscribers-router.js';
import { testCallsRoutes, type TestCallsSource } from './test-calls-router.js';

export type PeopleRoutesSource = SubscribersSource &
  SubscriberEditSource &
  SubscriberFilesSource &
  TestCallsSource &
  DraftsSource;

/** Everything about people who are called. */
export function peopleRoutes(source: PeopleRoutesSource): Route[] {
  return [
    // First what has a name of its own: an id would match it too.
    ...subscriberFilesRoutes(source),
    ...subscribersRoutes(source),
    ...subscriberEditRoutes(source),
    ...testCallsRoutes(source),
    ...draftsRoutes(source),
  ];
}
