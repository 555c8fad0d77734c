import type { Counsellor } from './counsellor.js';
import type { Line } from './line.js';
import type { OpeningHours } from './opening-hours.js';
import { isOnThePhone, type PresentCounsellor, type QueuePicture } from './queue-picture.js';

/** `away`: not logged in to any line. */
export type CounsellorState = PresentCounsellor['state'] | 'wrapUp' | 'away';

export interface LineView {
  lineId: number;
  name: string;
  open: boolean;
  /** ISO 8601; null while it is open, and when it never opens. */
  opensAt: string | null;
  waiting: { callId: string; joinedAt: string; position: number; urgent: boolean }[];
}

export interface CounsellorView {
  extension: string;
  name: string;
  state: CounsellorState;
  /** Since when the state is so; null when nobody saw it begin. */
  since: string | null;
  /** Why they pause. */
  reason: string;
  /** Lines they are logged in to now. */
  lineIds: number[];
  callId: string | null;
}

/** The whole picture of one tenant: a view replaces the one before, there are no changes to add up. */
export interface PictureView {
  asOf: string;
  /** False: the exchange can't be heard, and what is here is old. */
  heard: boolean;
  lines: LineView[];
  counsellors: CounsellorView[];
}

export interface PictureFacts {
  picture: QueuePicture;
  lines: readonly { line: Line; hours: OpeningHours }[];
  counsellors: readonly Counsellor[];
  /** After a talk, where the counsellor has no time of their own. */
  wrapUpSeconds: number;
}

/** What the people of one tenant see of the queues at this moment. */
export function viewPicture(facts: PictureFacts, organizationId: number, now: Date): PictureView {
  const { picture } = facts;
  const own = facts.lines.filter(({ line }) => line.organizationId === organizationId);
  return {
    asOf: now.toISOString(),
    heard: picture.heard,
    lines: own.map(({ line, hours }) => {
      const open = hours.isOpen(now);
      return {
        lineId: line.id,
        name: line.name,
        open,
        opensAt: open ? null : iso(hours.nextOpening(now)),
        waiting: picture.waiting
          .filter(({ slot }) => slot === line.slot)
          .sort((one, other) => one.position - other.position)
          .map(({ callId, joinedAt, position, priority = 0 }) => ({
            callId,
            joinedAt: joinedAt.toISOString(),
            position,
            urgent: priority > 0,
          })),
      };
    }),
    counsellors: facts.counsellors
      .filter((counsellor) => counsellor.organizationId === organizationId)
      .map((counsellor) => viewCounsellor(counsellor, facts, now)),
  };
}

function viewCounsellor(
  { extension, name }: Counsellor,
  { picture, lines, wrapUpSeconds }: PictureFacts,
  now: Date,
): CounsellorView {
  const present = picture.counsellors.find((one) => one.extension === extension);
  if (!present) return { extension, name, state: 'away', since: null, reason: '', lineIds: [], callId: null };
  const slots = new Set(present.memberships.map(({ slot }) => slot));
  const wrapsUpUntil = wrapUpEnd(present, wrapUpSeconds);
  const wrapsUp = present.state === 'free' && wrapsUpUntil !== undefined && now < wrapsUpUntil;
  const rested = present.state === 'free' && wrapsUpUntil && wrapsUpUntil > present.since;
  return {
    extension,
    name,
    state: wrapsUp ? 'wrapUp' : present.state,
    since: iso(!wrapsUp && rested ? wrapsUpUntil : present.since),
    reason: present.memberships.find(({ paused }) => paused)?.pauseReason ?? '',
    lineIds: lines.filter(({ line }) => slots.has(line.slot)).map(({ line }) => line.id),
    callId: isOnThePhone(present.state) ? (present.call?.callId ?? null) : null,
  };
}

/** Until when a counsellor is left in peace after the last talk; undefined when there was none. */
export function wrapUpEnd(present: PresentCounsellor, wrapUpSeconds: number): Date | undefined {
  const ends = present.memberships.flatMap(({ lastCallEndedAt, wrapUpSeconds: own }) =>
    lastCallEndedAt ? lastCallEndedAt.getTime() + (own ?? wrapUpSeconds) * 1000 : [],
  );
  return ends.length === 0 ? undefined : new Date(Math.max(...ends));
}

function iso(at: Date | undefined): string | null {
  return at?.toISOString() ?? null;
}
