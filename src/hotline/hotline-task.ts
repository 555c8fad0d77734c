export const taskStates = ['open', 'taken', 'done', 'otherChannel'] as const;
/** `otherChannel`: calls were in vain, a letter or a visit is needed. */
export type TaskState = (typeof taskStates)[number];

/** Somebody waits to be phoned, or has left a message. */
export interface HotlineTask {
  id: number;
  organizationId: number;
  lineId: number;
  kind: 'callBack' | 'message';
  pbxId: string;
  /** The call that asked for it. */
  callId: string;
  /** Digits; empty when hidden. */
  number: string;
  /** The place in the line of waiting people. */
  placeAt: Date;
  dueAt: Date;
  state: TaskState;
  /** The counsellor who has taken it. */
  ownerId: number | undefined;
  /** Calls in vain. */
  failures: number;
  note: string;
  createdAt: Date;
  settledAt: Date | undefined;
}

/** Why a task was left as it is. */
export type TaskRefusal =
  | 'noSuchTask'
  | 'noSuchCounsellor' // of another organization, or removed
  | 'takenByAnother'
  | 'notTaken' // take it first
  | 'settled' // done, or left to another channel
  | 'notSettled'; // nothing to undo

export type TaskAnswer = { kind: 'changed'; task: HotlineTask } | { kind: 'refused'; why: TaskRefusal };
