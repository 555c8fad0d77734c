import type { Counsellor } from '../../src/hotline/counsellor.js';
import type { HotlineTask } from '../../src/hotline/hotline-task.js';
import type { Line } from '../../src/hotline/line.js';
import { printedWeek } from '../../src/hotline/opening-hours.js';
import type { MemberFacts } from '../../src/hotline/queue-event.js';

/** A line with the printed hours. */
export function someLine(facts: Pick<Line, 'id' | 'slot'> & Partial<Line>): Line {
  return {
    organizationId: 1,
    name: `窓口${facts.id}`,
    shownNumber: '0473661111',
    numbers: [],
    timeZone: 'Asia/Tokyo',
    week: printedWeek,
    closedOnHolidays: true,
    closedAtYearEnd: true,
    closures: [],
    recordsCalls: true,
    recordingDays: 90,
    maxWaitSeconds: 600,
    serviceLevelSeconds: 20,
    shortAbandonSeconds: 5,
    ...facts,
  };
}

export function someCounsellor(extension: string, facts: Partial<Counsellor> = {}): Counsellor {
  return {
    id: Number(extension),
    organizationId: 1,
    name: `相談員${extension}`,
    extension,
    outside: false,
    supervises: false,
    outgoingSecondsPerDay: 7200,
    lineIds: [],
    ...facts,
  };
}

/** A telephone in a queue, free. */
export function someMember(extension: string, facts: Partial<MemberFacts> = {}): MemberFacts {
  return {
    slot: 1,
    extension,
    phone: 'idle',
    inCall: false,
    paused: false,
    pauseReason: '',
    loggedInAt: undefined,
    lastPauseAt: undefined,
    lastCallEndedAt: undefined,
    wrapUpSeconds: undefined,
    ...facts,
  };
}

/** Somebody wants to be phoned back, since then. */
export function someTask(placeAt: Date, facts: Partial<HotlineTask> = {}): HotlineTask {
  return {
    id: 1,
    organizationId: 1,
    lineId: 11,
    kind: 'callBack',
    pbxId: 'pbx1',
    callId: 'c',
    number: '',
    placeAt,
    dueAt: placeAt,
    state: 'open',
    ownerId: undefined,
    failures: 0,
    note: '',
    createdAt: placeAt,
    settledAt: undefined,
    ...facts,
  };
}
