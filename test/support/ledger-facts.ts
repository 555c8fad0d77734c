import type { LedgerFacts } from '../../src/checkins/ledger.js';

/** The Tuesday of these tests. */
export const ledgerDate = '2026-11-24';

export const jstOf = (time: string, day = ledgerDate): Date => new Date(`${day}T${time}:00+09:00`);

/** A person due at 09:00, not called yet. */
export function ledgerFacts(facts: Partial<LedgerFacts> = {}): LedgerFacts {
  return {
    checkinId: 1,
    subscriberId: 11,
    memberNumber: '1001',
    name: '見守 花子',
    kana: 'みまもり はなこ',
    state: 'due',
    result: undefined,
    plannedOn: ledgerDate,
    dueOn: ledgerDate,
    dueAt: jstOf('09:00'),
    nextCallAt: jstOf('09:00'),
    settledAt: undefined,
    missed: 0,
    attempts: 0,
    alertReason: undefined,
    openAlert: undefined,
    pausedThatDay: false,
    withdrawnOn: undefined,
    calls: [],
    phonedBackAt: undefined,
    ...facts,
  };
}
