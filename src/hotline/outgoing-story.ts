import type { CallLine } from './call-log.js';
import { strongerResult, type HotlineCall } from './hotline-call.js';

type OurLine = Extract<
  CallLine,
  {
    kind:
      'outgoing' | 'outgoingAnswered' | 'outgoingEnded' | 'outgoingRefused' | 'taskDialled' | 'taskDialEnded';
  }
>;

/** A call-back was dialled to its end. */
export interface TaskTry {
  taskId: number;
  /** Whether the one who waits could have answered and did not: the network's fault and ours are not theirs. */
  missed: boolean;
  at: Date;
}

const ourKinds: ReadonlySet<string> = new Set<OurLine['kind']>([
  'outgoing',
  'outgoingAnswered',
  'outgoingEnded',
  'outgoingRefused',
  'taskDialled',
  'taskDialEnded',
]);
/** The exchange's words for a phone that was reached and not answered. */
const missedStatuses: ReadonlySet<string> = new Set(['NOANSWER', 'BUSY']);

export function isOurOwnCall(line: CallLine): line is OurLine {
  return ourKinds.has(line.kind);
}

/** Takes one line into what is known of a call that a counsellor makes. */
export function tellOurOwnCall(known: HotlineCall, line: OurLine): { call: HotlineCall; tried?: TaskTry } {
  const isTask = line.kind === 'taskDialled' || line.kind === 'taskDialEnded';
  const call: HotlineCall = {
    ...known,
    direction: isTask || known.direction === 'callBack' ? 'callBack' : 'outgoing',
    answeredBy: known.answeredBy ?? line.extension,
    stage: 'talk',
  };
  switch (line.kind) {
    case 'outgoing':
      call.number ||= line.number;
      return { call };
    case 'outgoingAnswered':
      call.answeredAt = line.at;
      call.result = strongerResult(call.result, 'answered');
      return { call };
    case 'outgoingEnded':
      end(call, line);
      return { call };
    case 'outgoingRefused':
      call.number ||= line.number;
      call.dialStatus = line.reason;
      call.endedAt = line.at;
      call.result = strongerResult(call.result, 'refused');
      return { call };
    case 'taskDialled':
      call.taskId = line.taskId;
      return { call };
    case 'taskDialEnded': {
      call.taskId = line.taskId;
      end(call, line);
      // Told once: a line that is read again is not another try.
      if (known.dialStatus !== undefined) return { call };
      return {
        call,
        tried: { taskId: line.taskId, missed: missedStatuses.has(line.dialStatus), at: line.at },
      };
    }
  }
}

/**
 * The exchange dials for a caller whom a counsellor passes on to a number outside, on the caller's own channel:
 * it stays the caller's call, and whether somebody outside answers does not change how its waiting ended.
 */
export function passedOutside(known: HotlineCall, line: OurLine): HotlineCall {
  return line.kind === 'outgoing' ? { ...known, transferredTo: line.number || 'elsewhere' } : known;
}

function end(call: HotlineCall, line: OurLine & { dialStatus: string; talkedSeconds: number }): void {
  call.dialStatus = line.dialStatus;
  call.endedAt = line.at;
  if (line.dialStatus !== 'ANSWER') return;
  call.result = strongerResult(call.result, 'answered');
  call.answeredAt ??= new Date(line.at.getTime() - line.talkedSeconds * 1000);
}
