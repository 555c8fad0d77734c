import { Alert, Button, Group, List, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { TestCallView } from '../../../src/test-calls/person-test-calls';
import { ApiFailure, ask, tellFailure } from '../api/client';
import { Refusal } from '../kit/refusal';
import { timeOfDay } from '../text/moments';
import { useText, type Say } from '../text/text';
import type { Person, Told } from './types';
import { outcomeInWords } from './words-of';

type Call = Told<TestCallView>;

const lookEveryMs = 1000;

/** One call to try a number, and how it goes; it is no check-in. */
export function TestCall({ record, onEnd }: { record: Person; onEnd: () => Promise<void> }) {
  const { say, language } = useText();
  const [call, setCall] = useState<Call>();
  const [failure, setFailure] = useState<string>();
  const [mustConfirm, setMustConfirm] = useState<number>();
  const [isBusy, setBusy] = useState(false);
  const path = `/subscribers/${record.id}/test-call`;
  const ended = useRef(onEnd);
  useEffect(() => {
    ended.current = onEnd;
  }, [onEnd]);
  const callId = call?.id;
  const isGoing = call?.isOver === false;
  useEffect(() => {
    if (callId === undefined || !isGoing) return;
    const timer = setInterval(() => {
      ask<Call>('GET', `${path}/${callId}`)
        .then((now) => {
          setCall(now);
          if (now.isOver) void ended.current();
        })
        .catch((error: unknown) => setFailure(tellFailure(error, say)));
    }, lookEveryMs);
    return () => clearInterval(timer);
  }, [callId, isGoing, path, say]);
  const begin = (phonePosition: number, outsideHours: boolean): void => {
    if (isBusy) return;
    setBusy(true);
    setFailure(undefined);
    setMustConfirm(undefined);
    ask<Call>('POST', path, { phonePosition, ...(outsideHours && { outsideHours }) })
      .then(setCall)
      .catch((error: unknown) => {
        if (error instanceof ApiFailure && error.code === 'outsideCallingHours')
          setMustConfirm(phonePosition);
        else setFailure(tellFailure(error, say));
      })
      .finally(() => setBusy(false));
  };
  return (
    <Stack gap="xs">
      <Text size="sm">{say('people.test.hint')}</Text>
      <Group gap="sm">
        {record.person.phones.map(({ number }, index) => (
          <Button
            key={number}
            variant="default"
            loading={isBusy}
            disabled={isGoing}
            onClick={() => begin(index + 1, false)}
          >
            {say('people.test', { n: index + 1 })}
          </Button>
        ))}
      </Group>
      {mustConfirm !== undefined && (
        <Alert color="yellow" variant="outline" role="alert">
          <Group>
            <span>
              {say('people.test.outside', {
                from: record.callingHours.from,
                until: record.callingHours.until,
              })}
            </span>
            <Button color="red" variant="outline" onClick={() => begin(mustConfirm, true)}>
              {say('people.test.anyway')}
            </Button>
            <Button variant="default" onClick={() => setMustConfirm(undefined)}>
              {say('action.cancel')}
            </Button>
          </Group>
        </Alert>
      )}
      <Refusal text={failure} />
      {call && (
        <List role="log" aria-live="polite" aria-label={say('people.test.course')}>
          {call.events.map((event, index) => (
            <List.Item key={index}>
              {timeOfDay(new Date(event.at), record.timeZone, language, true)} {eventInWords(event, say)}
            </List.Item>
          ))}
        </List>
      )}
    </Stack>
  );
}

function eventInWords(event: Call['events'][number], say: Say): string {
  if (event.what === 'key') {
    const meaning = event.answer === undefined ? '' : `（${outcomeInWords(event.answer, say)}）`;
    return `${say('people.event.key', { digit: event.digit ?? '' })}${meaning}`;
  }
  if (event.what === 'ended') return `${say('people.event.ended')}: ${outcomeInWords(event.outcome, say)}`;
  return say(`people.event.${event.what}`);
}
