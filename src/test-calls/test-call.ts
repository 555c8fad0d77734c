import { outcomeOfAttempt, type Answer, type AttemptOutcome } from '../checkins/attempt-outcome.js';
import { askHowTheyAre, type CallScript } from '../checkins/call-script.js';
import type { Phone } from '../checkins/phone.js';

/** The line that test calls go over; it is opened when the first is wanted. */
export interface TestLine {
  readonly phone: Phone;
  /** Settles with whether calls can be placed. */
  open(): Promise<boolean>;
}

/** How a test call goes, as it goes. */
export type TestCallNews =
  | { what: 'dialling' | 'answered' }
  | { what: 'ringing'; at: Date }
  | { what: 'key'; digit: string; answer?: Answer };

export type TestCallCourse =
  | { kind: 'linkLost' }
  | {
      kind: 'ended';
      outcome: AttemptOutcome;
      cause: number;
      sipStatus: number | undefined;
      hungUpBy: string;
    };

const longestCallSeconds = 180;
const lookForRingingMs = 300;

/**
 * Places one call to try a telephone, with the conversation of a check-in. Nothing is stored, and nothing of it
 * counts as a sign of life.
 *
 * @param phone is up
 * @throws what the conversation threw; the call is hung up then
 */
export async function conductTestCall(
  phone: Pick<Phone, 'place'>,
  order: { attemptId: string; number: string; ringSeconds: number; script: CallScript },
  tell: (news: TestCallNews) => void = () => undefined,
): Promise<TestCallCourse> {
  const { script, ...to } = order;
  tell({ what: 'dialling' });
  const call = phone.place({ ...to, maxSeconds: order.ringSeconds + longestCallSeconds });
  const ringing = setInterval(() => {
    if (!call.ringingAt) return;
    clearInterval(ringing);
    tell({ what: 'ringing', at: call.ringingAt });
  }, lookForRingingMs);
  try {
    const picked = await call.answered;
    clearInterval(ringing);
    if (picked === 'answered') tell({ what: 'answered' });
    const witness = ({ digit, answer }: { digit: string; answer: Answer | undefined }): Promise<void> => {
      tell({ what: 'key', digit, ...(answer && { answer }) });
      return Promise.resolve();
    };
    const conversation = call.answeredAt ? await askHowTheyAre(call, script, witness, true) : undefined;
    await call.hangUp();
    const end = await call.ended;
    if (end.kind === 'unknown') return { kind: 'linkLost' };
    const { reason, longestTalkSeconds, cause, sipStatus, hungUpBy } = end;
    const answered = call.answeredAt !== undefined;
    const outcome = outcomeOfAttempt({ reason, answered, conversation, longestTalkSeconds });
    return { kind: 'ended', outcome, cause, sipStatus, hungUpBy };
  } catch (error) {
    void call.hangUp().catch(() => undefined);
    throw error;
  } finally {
    clearInterval(ringing);
  }
}
