import { Anchor, Button, Text } from '@mantine/core';
import { useCallback, useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { timelineOf, type TimelineEntry } from '../../../src/consultations/case-timeline';
import { ask } from '../api/client';
import { useAction } from '../kit/use-action';
import { dayInWords } from '../text/dates';
import { dayOf, timeOfDay } from '../text/moments';
import { useText } from '../text/text';
import type { CaseAnswer } from './case-panel';
import { useHotdesk, type CardChoices } from './hotdesk';
import classes from './hotdesk.module.css';
import { AnswerForm } from './referral-form';
import { triageSigns } from './signs';

/** All that happened on a case, the newest first. */
export function CaseTimeline({
  answer,
  choices,
  zone,
  onChanged,
}: {
  answer: CaseAnswer;
  choices: CardChoices;
  zone: string;
  onChanged: () => Promise<void>;
}) {
  const { say, language } = useText();
  const { desk, organizationId } = useHotdesk();
  const [answering, setAnswering] = useState<number>();
  const { run: voidLease } = useAction(
    useCallback(
      async (id: number) => {
        await ask('POST', `/organizations/${organizationId}/leases/${id}/void`, {});
        await onChanged();
      },
      [organizationId, onChanged],
    ),
  );
  const when = (at: string): string => {
    if (at.length === 10) return dayInWords(at, language);
    const moment = new Date(at);
    return `${dayOf(moment, zone, language)} ${timeOfDay(moment, zone, language)}`;
  };
  const lists = choices.choices as Record<string, Record<string, string>>;
  const label = (list: string, key: string | undefined): string => lists[list]?.[key ?? ''] ?? '';

  const told = (entry: TimelineEntry): ReactNode => {
    switch (entry.kind) {
      case 'card':
        return (
          <Anchor component={Link} to={`/cards/${entry.id}`} size="sm">
            {[
              `${say('case.card')} ${entry.id}`,
              entry.triage && `${triageSigns[entry.triage]}${choices.triage[entry.triage]?.label ?? ''}`,
              label('troubles', entry.mainTrouble),
            ]
              .filter(Boolean)
              .join('　')}
          </Anchor>
        );
      case 'action': {
        const worker = desk?.counsellors.find(({ id }) => id === entry.workerId)?.name ?? '';
        return (
          <Text size="sm" className={classes.prewrap}>
            {`${say('case.action')}：${label('actionKinds', entry.what)}　${label('supportCategories', entry.category)}　`}
            {`${say('case.minutes', { minutes: entry.minutes })}　${worker}\n${entry.note}`}
          </Text>
        );
      }
      case 'referral':
        return (
          <>
            <Text size="sm" className={classes.prewrap}>
              {`${say('case.referral')} → ${entry.to}\n${entry.told}`}
              {entry.dueOn && `\n${say('case.due', { date: dayInWords(entry.dueOn, language) })}`}
            </Text>
            {entry.result === undefined && answering !== entry.id && (
              <Button size="compact-sm" variant="default" onClick={() => setAnswering(entry.id)}>
                {say('case.addAnswer')}
              </Button>
            )}
            {answering === entry.id && (
              <AnswerForm
                {...{ path: '', referralId: entry.id, choices, zone }}
                onCancel={() => setAnswering(undefined)}
                onDone={async () => {
                  setAnswering(undefined);
                  await onChanged();
                }}
              />
            )}
          </>
        );
      case 'answer':
        return (
          <Text size="sm" className={classes.prewrap}>
            {`${say('case.answer')} ← ${entry.from}：${label('referralResults', entry.result)}\n${entry.answer}`}
          </Text>
        );
      case 'lease':
        return (
          <>
            <Text size="sm" td={entry.isVoid ? 'line-through' : undefined}>
              {`★ ${say('case.lease')}：${entry.address}`}
            </Text>
            {entry.isVoid ? (
              <Text size="sm">{say('case.void')}</Text>
            ) : (
              <Button size="compact-sm" variant="default" onClick={() => void voidLease(entry.id)}>
                {say('case.voidLease')}
              </Button>
            )}
          </>
        );
    }
  };
  return (
    <section aria-label={say('case.timeline')}>
      <Text size="sm" fw={700}>
        {say('case.timeline')}
      </Text>
      <ul className={classes.timeline}>
        {timelineOf(answer).map((entry) => (
          <li key={`${entry.kind} ${entry.id}`}>
            <Text size="xs" c="var(--dim)">
              {when(entry.at)}
            </Text>
            {told(entry)}
          </li>
        ))}
      </ul>
    </section>
  );
}
