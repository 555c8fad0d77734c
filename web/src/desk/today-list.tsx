import {
  startTransition,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
} from 'react';
import { todayGroups, type TodayGroup } from '../../../src/desk/today';
import { pages } from '../layout/pages';
import { useText } from '../text/text';
import styles from './desk.module.css';
import type { DayTold, LineTold } from './told';
import { TodayRow, type RowActions } from './today-row';

/** So many rows come at once; the others follow without holding anybody up. */
const firstRows = 24;
const rowsAtOnce = 240;
/** Between two turns, what has come is painted. */
const paintMs = 30;

const needAttention = new Set<TodayGroup>(['overdue', 'mustAct']);

/** Everybody of the day in the order of work, group by group. */
export function TodayList({
  day,
  weeks,
  text,
  onlyAttention,
  recording,
  isBusy,
  mayAct,
  actions,
}: {
  day: DayTold;
  weeks: Record<number, string> | undefined;
  text: string;
  onlyAttention: boolean;
  recording: number | undefined;
  isBusy: boolean;
  mayAct: boolean;
  actions: RowActions;
}) {
  const { say } = useText();
  const found = useMemo(
    () =>
      day.lines.filter(
        (line) =>
          (!onlyAttention || needAttention.has(line.group) || line.checkinId === recording) &&
          matches(line, text),
      ),
    [day.lines, onlyAttention, text, recording],
  );
  const shown = useRowsInTurns(found.length);
  const list = useRef<HTMLDivElement>(null);
  useKeptFocus(list);
  const hasPersonPage = pages.some(({ path }) => path === '/subscribers/:id');
  if (day.lines.length === 0) return <p>{say('today.empty')}</p>;
  if (found.length === 0) return <p>{say('today.noneFound')}</p>;
  const visible = found.slice(0, shown);
  return (
    <div ref={list} onKeyDown={moveByArrows}>
      {todayGroups.map((group) => {
        const lines = visible.filter((line) => line.group === group);
        if (lines.length === 0) return null;
        return (
          <section key={group} aria-label={say(`group.${group}`)}>
            <h2 className={styles.group}>{say(`group.${group}`)}</h2>
            <ul className={styles.rows}>
              {lines.map((line) => (
                <TodayRow
                  key={line.checkinId}
                  line={line}
                  weeks={weeks?.[line.subscriberId]}
                  zone={day.station.timeZone}
                  mayAct={mayAct}
                  mayCall={day.hasDeskNumber}
                  isRecording={recording === line.checkinId}
                  isBusy={isBusy}
                  personPath={hasPersonPage ? `/subscribers/${line.subscriberId}` : undefined}
                  actions={actions}
                />
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

function matches({ name, kana, memberNumber }: LineTold, text: string): boolean {
  const wanted = text.normalize('NFKC').replaceAll(/\s/g, '').toLowerCase();
  if (wanted === '') return true;
  return [name, kana, memberNumber].some((field) =>
    field.normalize('NFKC').replaceAll(/\s/g, '').toLowerCase().includes(wanted),
  );
}

/** How many rows are drawn by now: a few at once, and all of them soon. */
function useRowsInTurns(total: number): number {
  const [shown, setShown] = useState(firstRows);
  useEffect(() => {
    if (shown >= total) return undefined;
    const timer = setTimeout(() => startTransition(() => setShown((now) => now + rowsAtOnce)), paintMs);
    return () => clearTimeout(timer);
  }, [shown, total]);
  return shown;
}

/** A row that moves to another place takes the focus along. */
function useKeptFocus(list: React.RefObject<HTMLDivElement | null>): void {
  const last = useRef<{ checkin: string; index: number }>(undefined);
  useEffect(() => {
    const place = list.current;
    if (!place) return undefined;
    const remember = ({ target }: FocusEvent): void => {
      const row = (target as HTMLElement).closest<HTMLElement>('[data-checkin]');
      const index = row ? focusable(row).indexOf(target as HTMLElement) : -1;
      last.current = row?.dataset.checkin ? { checkin: row.dataset.checkin, index } : undefined;
    };
    const forget = ({ relatedTarget }: FocusEvent): void => {
      if (relatedTarget) last.current = undefined;
    };
    place.addEventListener('focusin', remember);
    place.addEventListener('focusout', forget);
    return () => {
      place.removeEventListener('focusin', remember);
      place.removeEventListener('focusout', forget);
    };
  }, [list]);
  useLayoutEffect(() => {
    if (!last.current || document.activeElement !== document.body) return;
    const { checkin, index } = last.current;
    const row = list.current?.querySelector<HTMLElement>(`[data-checkin="${checkin}"]`);
    const places = row ? focusable(row) : [];
    (places[index] ?? places.at(-1))?.focus({ preventScroll: true });
  });
}

function focusable(row: HTMLElement): HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>('a, button:not(:disabled), textarea')];
}

/** Up and down between people; Tab goes through what can be done with one. */
function moveByArrows(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  if ((event.target as HTMLElement).tagName === 'TEXTAREA') return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-checkin]')];
  const now = rows.findIndex((row) => row.contains(event.target as Node));
  const next = rows[now + (event.key === 'ArrowDown' ? 1 : -1)];
  const place = next && (next.querySelector<HTMLElement>('[data-row]') ?? focusable(next)[0]);
  if (!place) return;
  event.preventDefault();
  place.focus();
}
