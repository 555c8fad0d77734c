import type { PhoneCall, Phone } from '../../src/checkins/phone.js';
import type { TestLine } from '../../src/test-calls/test-call.js';
import type { ConsolePart } from '../../src/console-app.js';
import { createLog } from '../../src/log.js';
import type { Organization } from '../../src/organizations/organization-store.js';
import { createPeopleApp } from '../../src/people-app.js';
import { createRetentionApp } from '../../src/retention-app.js';
import { codec, type Logins } from './logins.js';

/** A person as the form of the enrolment sends one. */
export const somePerson = {
  memberNumber: '5001',
  name: '松戸 花子',
  kana: 'マツド ハナコ',
  birthDate: '昭和10年2月3日',
  enrolledOn: '2026-11-24',
  notes: '',
  speechRate: 'slow',
  ringSeconds: 45,
  phones: [{ number: '０４７－３９１－２３４５', toneProfile: 'tone' }],
  plan: { kind: 'weekly', days: [2], time: '09:00' },
  policyPreset: 'matsudo',
};

/** A line on which nobody ever answers. */
export function deadLine(): TestLine & { placed: string[] } {
  const placed: string[] = [];
  const phone: Phone = {
    isUp: true,
    place({ attemptId, number }): PhoneCall {
      placed.push(number);
      return {
        attemptId,
        answered: Promise.resolve('over'),
        ended: Promise.resolve({
          ...{ kind: 'ended', started: true, reason: 'noAnswer', cause: 19, sipStatus: 480 },
          ...{ hungUpBy: 'us', at: new Date(0), longestTalkSeconds: 0 },
        }),
        ringingAt: undefined,
        answeredAt: undefined,
        ask: () => Promise.resolve({ kind: 'hungUp' }),
        hangUp: () => Promise.resolve(),
      };
    },
    takeUp: () => {
      throw new Error('not here');
    },
    liveCalls: () => Promise.resolve([]),
    hangUp: () => Promise.resolve(),
  };
  return { phone, placed, open: () => Promise.resolve(true) };
}

/** The people's part of the console over a database. */
export function peopleOver(
  { database, users, clock }: Logins,
  organizations: readonly Organization[],
  line: TestLine = deadLine(),
): ConsolePart {
  return createPeopleApp({
    ...{ database, codec, users, testLine: line, clock: clock.read, log: createLog('silent') },
    config: { MAX_ASKS: 3, KEY_SECONDS: 8 },
    organizations: () => new Map(organizations.map((one) => [one.id, one])),
  });
}

/** The routes of keeping and forgetting over a database. */
export function retentionOver(
  { database, users, clock }: Logins,
  organizations: readonly Organization[],
): ConsolePart {
  return createRetentionApp({
    ...{ database, codec, users, clock: clock.read, log: createLog('silent') },
    config: { GENKIDESU_DATA: '/nowhere', ACCESS_LOG_DAYS: 1095 },
    organizations: () => new Map(organizations.map((one) => [one.id, one])),
  });
}
