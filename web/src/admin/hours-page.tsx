import { Alert, Button, Group, Select, Stack, Text, Title } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useMe } from '../api/me';
import { AnswerView } from '../kit/answer-view';
import { PageFrame } from '../kit/page';
import { useAnswer } from '../kit/use-answer';
import { todayIn } from '../text/dates';
import { momentOf } from '../text/moments';
import { useText } from '../text/text';
import { monthBeside, yearEndOf, type HoursAnswer, type Whose } from './calendar';
import { LineHours } from './line-hours';
import { MonthTable } from './month-table';
import { useClosedDays } from './use-closed-days';
import { ForTenant, type Tenant } from './tenant-choice';

/** When stations are closed and lines open. */
export function HoursPage() {
  return (
    <ForTenant>{(tenant, choice) => <HoursOf key={tenant.id} tenant={tenant} choice={choice} />}</ForTenant>
  );
}

function HoursOf({ tenant, choice }: { tenant: Tenant; choice: ReactNode }) {
  const { say, language } = useText();
  const { may } = useMe();
  const [month, setMonth] = useState(() => todayIn('Asia/Tokyo').slice(0, 7));
  const [shown, setShown] = useState('stations');
  const hours = useAnswer<HoursAnswer>(`/organizations/${tenant.id}/hours?month=${month}`);
  const { setDays, setLineDay } = useClosedDays(tenant.id, hours.reload);
  return (
    <PageFrame title={say('hours.title')}>
      <Stack>
        {choice}
        <AnswerView of={hours}>
          {(answer) => {
            const whose = whoseOf(shown, answer);
            const mayChange = may(whose.kind === 'line' ? 'hotline.edit' : 'station.edit');
            const change = (date: string, isClosed: boolean): void => {
              if (whose.kind === 'line') void setLineDay.run(!isClosed, whose.id, date);
              else void setDays.run(!isClosed, whose.ids, [date]);
            };
            return (
              <>
                <Text>{say('hours.now')}</Text>
                {!answer.holidaysAreLoaded && (
                  <Alert color="yellow" variant="outline">
                    {say('hours.notLoaded')}
                  </Alert>
                )}
                <Group align="flex-end">
                  <Select
                    label={say('hours.whose')}
                    data={[
                      { value: 'stations', label: say('hours.allStations') },
                      ...answer.stations.map(({ id, name }) => ({ value: `station ${id}`, label: name })),
                      ...answer.lines.map(({ id, name }) => ({
                        value: `line ${id}`,
                        label: say('hours.lineNamed', { name }),
                      })),
                    ]}
                    value={shown}
                    onChange={(value) => setShown(value ?? 'stations')}
                    allowDeselect={false}
                  />
                  {mayChange && whose.kind === 'stations' && (
                    <Button
                      variant="default"
                      loading={setDays.isBusy}
                      onClick={() =>
                        void setDays.run(
                          true,
                          whose.ids,
                          yearEndOf(month).filter((date) => date >= answer.today),
                        )
                      }
                    >
                      {say('hours.yearEnd')}
                    </Button>
                  )}
                </Group>
                <Title order={2} size="h3" aria-live="polite" ta="center">
                  {say('hours.month', { year: month.slice(0, 4), month: Number(month.slice(5)) })}
                </Title>
                <Group justify="space-between">
                  <Button variant="default" onClick={() => setMonth(monthBeside(month, -1))}>
                    {say('hours.monthBefore')}
                  </Button>
                  <Button variant="default" onClick={() => setMonth(monthBeside(month, 1))}>
                    {say('hours.monthAfter')}
                  </Button>
                </Group>
                <MonthTable
                  month={month}
                  answer={answer}
                  whose={whose}
                  isBusy={setDays.isBusy || setLineDay.isBusy}
                  onChange={mayChange ? change : undefined}
                />
                <Text size="sm">{say('hours.legend')}</Text>
                {answer.lines.length > 0 && (
                  <Title order={2} size="h3">
                    {say('hours.lines')}
                  </Title>
                )}
                {answer.lines.map((line) => (
                  <LineHours
                    key={`${line.id} ${line.version}`}
                    tenantId={tenant.id}
                    line={line}
                    sentence={openSentence(line, answer.timeZone, say, language)}
                    onSaved={hours.reload}
                  />
                ))}
              </>
            );
          }}
        </AnswerView>
      </Stack>
    </PageFrame>
  );
}

function whoseOf(shown: string, { stations }: HoursAnswer): Whose {
  const [kind, id] = shown.split(' ');
  if (kind === 'line') return { kind: 'line', id: Number(id) };
  return { kind: 'stations', ids: id === undefined ? stations.map((one) => one.id) : [Number(id)] };
}

function openSentence(
  { isOpen, nextOpening }: HoursAnswer['lines'][number],
  zone: string,
  say: ReturnType<typeof useText>['say'],
  language: ReturnType<typeof useText>['language'],
): string {
  if (isOpen) return say('hours.openNow');
  if (nextOpening === undefined) return say('hours.neverOpens');
  return say('hours.opensAt', { when: momentOf(new Date(nextOpening), new Date(), zone, language) });
}
