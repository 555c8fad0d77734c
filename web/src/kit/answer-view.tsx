import { Alert, Button, Center, Group, Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import { tellFailure } from '../api/client';
import { timeOfDay } from '../text/moments';
import { useText } from '../text/text';
import type { Answered } from './use-answer';

/** Shows an answer, or why there is none yet; an older answer stays, and says that it is old. */
export function AnswerView<Answer>({
  of,
  children,
}: {
  of: Answered<Answer>;
  children: (answer: Answer) => ReactNode;
}) {
  const { say, language } = useText();
  const { answer, at, failure, isLoading, reload } = of;
  if (isLoading) {
    return (
      <Center mih="12rem">
        <Loader role="progressbar" aria-label={say('app.loading')} />
      </Center>
    );
  }
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <>
      {failure !== undefined && (
        <Alert color="red" variant="outline" role="alert" mb="md">
          <Group justify="space-between">
            <span>
              {tellFailure(failure, say)}
              {at && ` ${say('list.old', { time: timeOfDay(at, zone, language) })}`}
            </span>
            <Button variant="default" onClick={() => void reload()}>
              {say('app.retry')}
            </Button>
          </Group>
        </Alert>
      )}
      {answer !== undefined && children(answer)}
    </>
  );
}
