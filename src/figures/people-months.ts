/** A month of one tenant's calendar, as far as it has come. */
export interface CountedMonth {
  month: string;
  /** First date. */
  from: string;
  /** Last date, or today in the month that goes on. */
  until: string;
  /** The moment after `until`, in ms. */
  endsAt: number;
}

/** When somebody is to be called. */
export interface PlanSpan {
  /** Nobody is called before, in ms. */
  startsAt: number;
  /** The first day without it. */
  endedOn: string | undefined;
  /** The one day of a plan for a single call. */
  onceOn: string | undefined;
}

export interface PersonSpan {
  enrolledOn: string;
  /** The first day on which they were no longer with us. */
  withdrawnOn: string | undefined;
  plans: readonly PlanSpan[];
}

export interface PeopleCount {
  /** 加入者数: enrolled by the month's end, whoever has left since included. */
  subscribers: number;
  /** 稼働数: with us at the month's end, and with a plan in force on some day of the month. A pause changes nothing. */
  active: number;
  /** 解約数: left in the month. Who came back has no such date any more, and counts as never having left. */
  withdrawals: number;
}

/** Counts people month by month; what lies after a month's last counted day has not happened yet. */
export function countPeople(people: readonly PersonSpan[], months: readonly CountedMonth[]): PeopleCount[] {
  const counts = months.map((): PeopleCount => ({ subscribers: 0, active: 0, withdrawals: 0 }));
  for (const person of people) {
    for (const [index, month] of months.entries()) {
      const count = counts[index];
      if (!count || person.enrolledOn > month.until) continue;
      count.subscribers++;
      const left = person.withdrawnOn;
      if (left !== undefined && left >= month.from && left <= month.until) count.withdrawals++;
      const isWithUs = left === undefined || left > month.until;
      if (isWithUs && person.plans.some((plan) => isInForce(plan, month))) count.active++;
    }
  }
  return counts;
}

function isInForce({ startsAt, endedOn, onceOn }: PlanSpan, { from, until, endsAt }: CountedMonth): boolean {
  if (startsAt >= endsAt || (endedOn !== undefined && endedOn <= from)) return false;
  return onceOn === undefined || (onceOn >= from && onceOn <= until);
}
