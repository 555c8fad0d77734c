import { Button, Group, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { CloseReason } from '../../../src/alerts/alert-work';
import { ask } from '../api/client';
import { useMe } from '../api/me';
import { AnswerView } from '../kit/answer-view';
import { useNotices } from '../kit/notices';
import { PageFrame } from '../kit/page';
import { ReasonGate } from '../kit/reason-gate';
import { useAction } from '../kit/use-action';
import { useAnswer } from '../kit/use-answer';
import { dayInWords } from '../text/dates';
import { useText } from '../text/text';
import { CallBar } from './call-bar';
import { DeskNumber } from './desk-number';
import styles from './desk.module.css';
import { TodayHead } from './today-head';
import { TodayList } from './today-list';
import type { DayTold, LineTold, StationTold } from './told';
import { useCall } from './use-call';

const everyMs = 7000;
const weeksEveryMs = 10 * 60_000;

/** A station's day: whom somebody must see to now, and everybody else. */
export function TodayPage() {
  return <ReasonGate>{(reason) => <Stations reason={reason} />}</ReasonGate>;
}

function Stations({ reason }: { reason: string | undefined }) {
  const { say } = useText();
  const [search, setSearch] = useSearchParams();
  const stations = useAnswer<StationTold[]>('/stations');
  return (
    <AnswerView of={stations}>
      {(all) => {
        const chosen = all.find(({ id }) => String(id) === search.get('station')) ?? all[0];
        if (!chosen) return <PageFrame title={say('nav.today')}>{say('today.noStation')}</PageFrame>;
        const date = search.get('date') ?? chosen.today;
        const go = (next: { station?: number; date?: string }): void =>
          setSearch({
            station: String(next.station ?? chosen.id),
            ...((next.date ?? date) !== chosen.today && { date: next.date ?? date }),
          });
        return (
          <StationToday
            key={`${chosen.id} ${date}`}
            {...{ stations: all, station: chosen, date, go, reason }}
          />
        );
      }}
    </AnswerView>
  );
}

function StationToday({
  stations,
  station,
  date,
  go,
  reason,
}: {
  stations: StationTold[];
  station: StationTold;
  date: string;
  go: (next: { station?: number; date?: string }) => void;
  reason: string | undefined;
}) {
  const { say, language } = useText();
  const { may } = useMe();
  const { tell } = useNotices();
  const path = `/stations/${station.id}/days/${date}`;
  const day = useAnswer<DayTold>(`${path}/work`, { everyMs, reason });
  const weeks = useAnswer<Record<number, string>>(`${path}/weeks`, { everyMs: weeksEveryMs, reason });
  const [text, setText] = useState('');
  const [filter, setFilter] = useState('all');
  const [recording, setRecording] = useState<number>();
  const { reload } = day;
  const ended = useCallback(() => void reload(), [reload]);
  const call = useCall(ended);

  const phone = useAction(
    useCallback(
      async ({ subscriberId, name }: LineTold) => {
        await call.start(subscriberId, name);
        await reload();
      },
      [call, reload],
    ),
  );
  const undo = useAction(
    useCallback(
      async (address: string) => {
        await ask('POST', address, {});
        tell(say('action.undone'));
        await reload();
      },
      [reload, say, tell],
    ),
  );
  const record = useAction(
    useCallback(
      async ({ checkinId, name }: LineTold, why: CloseReason, words: string) => {
        const given = await ask<{ alertId?: number }>('POST', `/check-ins/${checkinId}/confirm`, {
          ...{ reason: why, words },
        });
        setRecording(undefined);
        const back =
          given.alertId === undefined
            ? `/check-ins/${checkinId}/withdraw`
            : `/alerts/${given.alertId}/reopen`;
        tell(say('done.recorded', { name, what: say(`done.${why}`) }), () => void undo.run(back));
        await reload();
      },
      [reload, say, tell, undo],
    ),
  );
  const [phoneRun, recordRun] = [phone.run, record.run];
  const actions = useMemo(
    () => ({
      call: (line: LineTold) => void phoneRun(line),
      openRecord: (checkinId: number | undefined) => {
        setRecording(checkinId);
        if (checkinId === undefined)
          document.querySelector<HTMLElement>(`[data-record="${recording ?? 0}"]`)?.focus();
      },
      record: (line: LineTold, why: CloseReason, words: string) => void recordRun(line, why, words),
    }),
    [phoneRun, recordRun, recording],
  );
  const isToday = date === station.today;
  const shift = (days: number): string =>
    new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

  return (
    <PageFrame
      wide
      title={`${isToday ? say('nav.today') : ''} ${dayInWords(date, language)}`.trim()}
      actions={
        <div className="no-print">
          <Group gap={4}>
            <Button variant="default" onClick={() => go({ date: shift(-1) })}>
              {say('today.before')}
            </Button>
            <Button variant="default" disabled={isToday} onClick={() => go({ date: station.today })}>
              {say('today.toToday')}
            </Button>
            <Button variant="default" disabled={date >= shift(1)} onClick={() => go({ date: shift(1) })}>
              {say('today.after')}
            </Button>
            <Button variant="default" onClick={() => window.print()}>
              {say('action.print')}
            </Button>
          </Group>
        </div>
      }
    >
      <p className={styles.printOnly}>
        {say('today.printTitle')} — {station.name} — {dayInWords(date, language)}
      </p>
      <AnswerView of={day}>
        {(told) => (
          <>
            <TodayHead day={told} />
            <CallBar of={call.current} onClose={call.forget} />
            {!told.hasDeskNumber && may('alert.handle') && (
              <DeskNumber stationId={station.id} onSet={() => void reload()} />
            )}
            <div className={`${styles.bar} no-print`}>
              {stations.length > 1 && (
                <NativeSelect
                  label={say('today.station')}
                  value={String(station.id)}
                  onChange={(event) => go({ station: Number(event.currentTarget.value) })}
                  data={stations.map(({ id, name }) => ({ value: String(id), label: name }))}
                />
              )}
              <SegmentedControl
                aria-label={say('today.filter')}
                value={filter}
                onChange={setFilter}
                data={[
                  { value: 'all', label: say('today.filter.all') },
                  { value: 'attention', label: say('today.filter.attention') },
                ]}
              />
              <TextInput
                className={styles.find}
                label={say('today.find')}
                value={text}
                onChange={(event) => setText(event.currentTarget.value)}
                type="search"
              />
            </div>
            <TodayList
              day={told}
              weeks={weeks.answer}
              text={text}
              onlyAttention={filter === 'attention'}
              recording={recording}
              isBusy={record.isBusy}
              mayAct={may('checkin.confirm')}
              actions={actions}
            />
          </>
        )}
      </AnswerView>
    </PageFrame>
  );
}
