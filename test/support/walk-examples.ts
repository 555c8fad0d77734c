import { somePerson } from './people-server.js';

/** Whose things the walk over all routes asks for. */
interface Walked {
  organizationId: number;
  stationId: number;
  counsellorId: number;
}

/** What goes into an address after the question mark, by its path. */
export function walkQueries(own: Walked): Record<string, Record<string, string>> {
  return {
    '/hotline/calls': { from: '2026-11-24T00:00:00Z', to: '2026-11-25T00:00:00Z' },
    '/organizations/:organizationId/counts': { from: '2026-04-01', until: '2027-03-31' },
    '/organizations/:organizationId/hours': { month: '2026-12' },
    '/organizations/:organizationId/voice': { pbxId: 'pbx1', callId: 'a.1' },
    ...Object.fromEntries(
      ['import/preview', 'import', 'import/jobs/:job', 'export'].map((path) => [
        `/subscribers/${path}`,
        { station: String(own.stationId), token: '0'.repeat(64) },
      ]),
    ),
  };
}

/**
 * Bodies that make sense, by method and path: a route that takes one says nothing about rights when it gets none.
 *
 * @param number of a person of the tenant
 */
export function walkBodies(own: Walked, number: string): Record<string, unknown> {
  return {
    'post /alerts/:id/note': { words: 'x' },
    'post /alerts/:id/close': { reason: 'falseAlarm' },
    'post /check-ins/:id/confirm': { reason: 'falseAlarm' },
    'post /hotline/supervisors/:extension/listen': { counsellor: '101', mode: 'listen' },
    'post /hotline/supervisors/:extension/login': { counsellor: '101' },
    'post /hotline/supervisors/:extension/logout': { counsellor: '101' },
    'post /hotline/supervisors/:extension/pause': { counsellor: '101', reason: '昼休み' },
    'post /hotline/supervisors/:extension/resume': { counsellor: '101' },
    'post /hotline/supervisors/:extension/pull': { callId: 'a.1' },
    'post /hotline/tasks/:id/take': { extension: '101' },
    'post /organizations/:organizationId/persons/find': { number },
    'put /organizations/:organizationId/cards/:cardId': { version: 1, savedBy: own.counsellorId, draft: {} },
    'put /organizations/:organizationId/retention/:kind': { months: 24, version: 0 },
    'post /subscribers/:id/erasure': { memberNumber: 'x', reason: 'byPerson' },
    'post /subscribers': { stationId: own.stationId, key: 'a-key-of-a-form', person: somePerson },
    'post /subscribers/check': { stationId: own.stationId, person: somePerson },
    'put /organizations/:organizationId/card-design/:list': {
      version: 0,
      choices: [{ label: 'x', retired: false }],
    },
    'post /subscribers/:id/move': { version: 1, stationId: own.stationId, reason: '引っ越し' },
    'post /subscribers/:id/test-call': { phonePosition: 1 },
    'put /users/:id': { version: 'none', name: '新', role: 'auditor' },
    'put /figures/targets': {
      organizationId: own.organizationId,
      ...{ fiscalYear: 2026, measure: 'active', value: 5, version: 0 },
    },
    'put /figures/regions': { organizationId: own.organizationId, region: '東葛' },
    'post /users': {
      organizationId: own.organizationId,
      role: 'auditor',
      name: '新',
      mail: 'new@example.jp',
    },
  };
}
