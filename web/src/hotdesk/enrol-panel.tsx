import { Button, Checkbox, Group, NativeSelect, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import type { CardOnScreen } from '../../../src/consultations/card-edits';
import { ask } from '../api/client';
import { useMe } from '../api/me';
import { useAnswer } from '../kit/use-answer';
import { useNotices } from '../kit/notices';
import { useText } from '../text/text';
import { cardDesk } from './card-desk';
import { CaseForm } from './case-form';
import { useHotdesk } from './hotdesk';
import classes from './hotdesk.module.css';

interface Station {
  id: number;
  name: string;
}

/** Makes a check-in subscriber of the person on the card. */
export function EnrolPanel({ card }: { card: CardOnScreen }) {
  const { say } = useText();
  const { may } = useMe();
  const [isOpen, setOpen] = useState(false);
  if (!may('station.see')) return null;
  return (
    <section className={classes.section} aria-label={say('enrol.title')}>
      <Title order={2} size="h4" mb="xs">
        {say('enrol.title')}
      </Title>
      {card.subscriberId !== undefined ? (
        <Text size="sm">{say('enrol.is')}</Text>
      ) : isOpen ? (
        <EnrolForm card={card} onClose={() => setOpen(false)} />
      ) : (
        <Button variant="default" size="compact-md" onClick={() => setOpen(true)}>
          {say('enrol.go')}
        </Button>
      )}
    </section>
  );
}

function EnrolForm({ card, onClose }: { card: CardOnScreen; onClose: () => void }) {
  const { say, language } = useText();
  const { tell } = useNotices();
  const { organizationId } = useHotdesk();
  const { answer: stations } = useAnswer<Station[]>('/stations');
  const [station, setStation] = useState('');
  const [memberNumber, setMemberNumber] = useState('');
  const [time, setTime] = useState('09:30');
  const [days, setDays] = useState<string[]>(['2']);
  const send = async (): Promise<void> => {
    await cardDesk.save(card.id);
    await ask('POST', `/organizations/${organizationId}/cards/${card.id}/enrol`, {
      stationId: Number(station),
      memberNumber,
      plan: days.length === 7 ? { kind: 'daily', time } : { kind: 'weekly', days: days.map(Number), time },
    });
    await cardDesk.load(card.id);
    tell(say('enrol.done'));
    onClose();
  };
  // The fifth of January 2026 is a Monday.
  const weekday = (index: number): string =>
    new Intl.DateTimeFormat(language === 'ja' ? 'ja-JP' : 'en-GB', {
      weekday: 'short',
      timeZone: 'UTC',
    }).format(Date.UTC(2026, 0, 5 + index));
  return (
    <CaseForm submit={say('enrol.go')} send={send} onCancel={onClose}>
      <Text size="sm">{say('enrol.hint')}</Text>
      <NativeSelect
        label={say('enrol.station')}
        required
        value={station}
        onChange={(event) => setStation(event.currentTarget.value)}
        data={[
          { value: '', label: say('card.notChosen') },
          ...(stations ?? []).map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
      />
      <TextInput
        label={say('enrol.member')}
        required
        value={memberNumber}
        onChange={(event) => setMemberNumber(event.currentTarget.value)}
      />
      <TextInput
        type="time"
        label={say('enrol.time')}
        required
        value={time}
        onChange={(event) => setTime(event.currentTarget.value)}
      />
      <Checkbox.Group label={say('enrol.days')} value={days} onChange={setDays}>
        <Group gap="xs" mt={4}>
          {[0, 1, 2, 3, 4, 5, 6].map((index) => (
            <Checkbox key={index} value={String(index + 1)} label={weekday(index)} />
          ))}
        </Group>
      </Checkbox.Group>
    </CaseForm>
  );
}
