/** One thing that happened on a case, in words of its own kind. */
export type TimelineEntry =
  | {
      kind: 'card';
      at: string;
      id: number;
      triage: string | undefined;
      mainTrouble: string | undefined;
      state: string;
    }
  | {
      kind: 'action';
      at: string;
      id: number;
      minutes: number;
      what: string;
      category: string;
      workerId: number;
      note: string;
    }
  | {
      kind: 'referral';
      at: string;
      id: number;
      to: string;
      told: string;
      result: string | undefined;
      dueOn: string | undefined;
    }
  | { kind: 'answer'; at: string; id: number; from: string; result: string; answer: string }
  | { kind: 'lease'; at: string; id: number; address: string; isVoid: boolean };

/** What a case's answer holds, as far as its story goes; moments and days are text. */
export interface CaseStory {
  cards: readonly {
    id: number;
    receivedAt: string;
    state: string;
    triage?: string | undefined;
    mainTrouble?: string | undefined;
  }[];
  actions: readonly {
    id: number;
    startedAt: string;
    minutes: number;
    kind: string;
    category: string;
    workerId: number;
    note: string;
  }[];
  referrals: readonly {
    id: number;
    destinationName: string;
    told: string;
    askedOn: string;
    answerDueOn?: string | undefined;
    answeredOn?: string | undefined;
    result?: string | undefined;
    answer: string;
  }[];
  leases: readonly { id: number; signedOn: string; address: string; voidedAt?: string | undefined }[];
}

/** The story of a case, the newest first. A day without a time stands after that day's moments. */
export function timelineOf(story: CaseStory): TimelineEntry[] {
  const entries: TimelineEntry[] = [
    ...story.cards.map(({ id, receivedAt, state, triage, mainTrouble }) => ({
      ...{ kind: 'card' as const, at: receivedAt, id, state, triage, mainTrouble },
    })),
    ...story.actions.map(({ id, startedAt, minutes, kind, category, workerId, note }) => ({
      ...{ kind: 'action' as const, at: startedAt, id, minutes, what: kind, category, workerId, note },
    })),
    // Of one day, the answer is the newer one.
    ...story.referrals.flatMap((one): TimelineEntry[] => [
      ...(one.result !== undefined && one.answeredOn !== undefined
        ? [
            {
              ...{ kind: 'answer' as const, at: one.answeredOn, id: one.id, from: one.destinationName },
              ...{ result: one.result, answer: one.answer },
            },
          ]
        : []),
      {
        ...{ kind: 'referral', at: one.askedOn, id: one.id, to: one.destinationName, told: one.told },
        ...{ result: one.result, dueOn: one.answerDueOn },
      },
    ]),
    ...story.leases.map(({ id, signedOn, address, voidedAt }) => ({
      ...{ kind: 'lease' as const, at: signedOn, id, address, isVoid: voidedAt !== undefined },
    })),
  ];
  return entries.sort((one, other) => sortKey(other.at).localeCompare(sortKey(one.at)));
}

function sortKey(at: string): string {
  return at.length === 10 ? `${at}T24` : at;
}
