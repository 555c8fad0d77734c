import { Button, Group, List, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { ask } from '../api/client';
import { useAction } from '../kit/use-action';
import { dayInWords } from '../text/dates';
import { timeOfDay } from '../text/moments';
import { useText, type Say } from '../text/text';
import type { History, Person } from './types';
import { outcomeInWords } from './words-of';

/** Every check-in of the past with all of its calls and keys, page by page. */
export function HistorySection({ record, reason }: { record: Person; reason: string | undefined }) {
  const { say, language } = useText();
  const [pages, setPages] = useState<History[]>([]);
  const last = pages.at(-1);
  const { run, isBusy } = useAction(async () => {
    const search = last?.before === undefined ? '' : `?before=${last.before}`;
    const page = await ask<History>('GET', `/subscribers/${record.id}/history${search}`, undefined, reason);
    setPages((now) => [...now, page]);
  });
  const checkIns = pages.flatMap((page) => page.checkIns);
  return (
    <Stack gap="md">
      {pages.length > 0 && checkIns.length === 0 && <Text>{say('people.glance.none')}</Text>}
      {checkIns.map((checkin) => (
        <div key={checkin.checkinId}>
          <Title order={3} size="h6">
            {dayInWords(checkin.dueOn, language)}
          </Title>
          <List size="sm">
            {checkin.events.map((event, index) => (
              <List.Item key={index}>
                {timeOfDay(new Date(event.at), record.timeZone, language, true)} {eventInWords(event, say)}
              </List.Item>
            ))}
          </List>
        </div>
      ))}
      {(pages.length === 0 || last?.before !== undefined) && (
        <Group>
          <Button variant="default" loading={isBusy} onClick={() => void run()}>
            {say(pages.length === 0 ? 'people.history.show' : 'list.more')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function eventInWords(event: History['checkIns'][number]['events'][number], say: Say): string {
  switch (event.kind) {
    case 'callStarted':
      return say('people.event.callStarted', { n: event.phonePosition });
    case 'key': {
      const meaning = event.answer === undefined ? '' : `（${outcomeInWords(event.answer, say)}）`;
      return `${say('people.event.key', { digit: event.digit })}${meaning}`;
    }
    case 'callEnded':
      return `${say('people.event.ended')}: ${outcomeInWords(event.outcome, say)}`;
    case 'settled':
      return `${say('people.event.settled')}: ${outcomeInWords(event.result ?? event.state, say)}`;
    case 'alertOpened':
    case 'alertClosed':
      return `${say(`people.event.${event.kind}`)}: ${outcomeInWords(event.reason, say)}`;
    case 'phonedBack':
      return say(event.leftMessage ? 'people.event.leftMessage' : 'people.event.phonedBack');
    case 'personStep':
      return `${say('people.event.personStep')}${event.reason === undefined ? '' : `（${outcomeInWords(event.reason, say)}）`}`;
    case 'stationCall':
      return say('people.event.stationCall');
    case 'due':
    case 'ringing':
    case 'answered':
    case 'nextCall':
      return say(`people.event.${event.kind}`);
  }
}
