/** How an alert about a person can end, in the order in which buttons show it. */
export const closeReasons = ['reachedWell', 'reachedCaredFor', 'visited', 'falseAlarm', 'other'] as const;
export type CloseReason = (typeof closeReasons)[number];

/** Whether somebody has seen or heard the person themselves: only then a person says that they are well. */
export function confirmsPerson(reason: CloseReason): boolean {
  return reason === 'reachedWell' || reason === 'reachedCaredFor' || reason === 'visited';
}

export type AlertEventKind = 'taken' | 'noted' | 'closed' | 'reopened' | 'confirmed' | 'withdrawn';

/** What an alert is now, as far as a step needs it. */
export interface AlertNow {
  state: 'open' | 'closed';
  ownerId: number | undefined;
}

export type AlertStep =
  | { kind: 'take'; userId: number; /** On purpose, from whoever has it. */ takeOver: boolean }
  | { kind: 'close' }
  | { kind: 'reopen' };

/**
 * What becomes of a step: `nothing` when it is so already, so that whoever clicks twice has done it once.
 */
export type StepVerdict = 'go' | 'nothing' | 'takenByAnother' | 'alertClosed';

/** Decides whether a step on an alert is to be done. */
export function decideStep(alert: AlertNow, step: AlertStep): StepVerdict {
  switch (step.kind) {
    case 'take':
      if (alert.state === 'closed') return 'alertClosed';
      if (alert.ownerId === step.userId) return 'nothing';
      return alert.ownerId !== undefined && !step.takeOver ? 'takenByAnother' : 'go';
    case 'close':
      return alert.state === 'closed' ? 'nothing' : 'go';
    case 'reopen':
      return alert.state === 'open' ? 'nothing' : 'go';
  }
}

/** What is still to be told by mail when an alert ends: nobody needs to hear the end of what they never heard. */
export function mailDueAtClose(mailDue: string | null): 'closed' | null {
  return mailDue === 'opened' ? null : 'closed';
}

/** … and when it opens again: an end that was not told yet is simply not told. */
export function mailDueAtReopen(mailDue: string | null): 'opened' | null {
  return mailDue === 'closed' ? null : 'opened';
}
