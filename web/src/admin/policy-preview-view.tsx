import { List, Stack, Text, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { CallPolicy } from '../../../src/checkins/call-policy';
import { ask, tellFailure } from '../api/client';
import { dayOf, timeOfDay } from '../text/moments';
import { useText } from '../text/text';

interface Course {
  calls: string[];
  alertAt: string;
}

interface Preview {
  dueAt: string;
  noAnswer: Course;
  busy: Course;
}

const typingMs = 300;

/** What comes of a policy when somebody does not answer, or telephones: told by the service itself. */
export function PolicyPreviewView({
  tenantId,
  timeZone,
  policy,
}: {
  tenantId: number;
  timeZone: string;
  policy: CallPolicy;
}) {
  const { say, language } = useText();
  const [time, setTime] = useState('09:00');
  const [preview, setPreview] = useState<Preview>();
  const [failure, setFailure] = useState<string>();
  useEffect(() => {
    let isCurrent = true;
    const asked = setTimeout(() => {
      ask<Preview>('POST', `/organizations/${tenantId}/policy-preview`, { policy, time })
        .then((answer) => {
          if (!isCurrent) return;
          setPreview(answer);
          setFailure(undefined);
        })
        .catch((error: unknown) => {
          if (isCurrent) setFailure(tellFailure(error, say));
        });
    }, typingMs);
    return () => {
      isCurrent = false;
      clearTimeout(asked);
    };
  }, [tenantId, policy, time, say]);
  const told = (text: string): string => {
    const [at, due] = [new Date(text), new Date(preview?.dueAt ?? text)];
    const day = dayOf(at, timeZone, language);
    const clock = timeOfDay(at, timeZone, language);
    return day === dayOf(due, timeZone, language) ? clock : say('policy.onNextDay', { day, time: clock });
  };
  const words = ({ calls, alertAt }: Course): string =>
    say('policy.course', { calls: calls.map(told).join('、'), alert: told(alertAt) });
  return (
    <Stack gap="xs">
      <TextInput
        type="time"
        label={say('policy.previewTime')}
        value={time}
        onChange={(event) => setTime(event.currentTarget.value)}
        maw="12rem"
      />
      {failure !== undefined && (
        <Text c="var(--red)" role="alert">
          {failure}
        </Text>
      )}
      {preview && failure === undefined && (
        <List data-testid="preview">
          <List.Item>{say('policy.ifNoAnswer', { course: words(preview.noAnswer) })}</List.Item>
          <List.Item>{say('policy.ifBusy', { course: words(preview.busy) })}</List.Item>
        </List>
      )}
    </Stack>
  );
}
