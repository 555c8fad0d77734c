import { Button, Group, Stack, Text } from '@mantine/core';
import type { OperatorAlertReason } from '../../../src/alerts/alert-store';
import { ask } from '../api/client';
import { useMe } from '../api/me';
import { AnswerView } from '../kit/answer-view';
import { StateBox } from '../kit/state-box';
import { useAction } from '../kit/use-action';
import { useAnswer } from '../kit/use-answer';
import { momentOf } from '../text/moments';
import { isTextKey, useText } from '../text/text';

interface OperatorAlertRow {
  id: number;
  reason: OperatorAlertReason;
  detail: string;
  openedAt: string;
  acknowledged?: { by: string; at: string };
}

const everyMs = 10_000;

/** What the operator must do now: it stays until its cause has gone, also when somebody has taken it on. */
export function OperatorAlerts() {
  const { say, language } = useText();
  const { may } = useMe();
  const alerts = useAnswer<OperatorAlertRow[]>('/operator-alerts', { everyMs });
  const acknowledge = useAction(async (id: number) => {
    alerts.replace(await ask<OperatorAlertRow[]>('POST', `/operator-alerts/${id}/acknowledge`));
  });
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const when = (text: string): string => momentOf(new Date(text), new Date(), zone, language);
  return (
    <AnswerView of={alerts}>
      {(open) => (
        <Stack gap="xs">
          <Text fw={700}>
            {open.length === 0 ? say('operator.calm') : say('operator.now', { count: open.length })}
          </Text>
          {open.map(({ id, reason, openedAt, acknowledged }) => {
            const key = `operator.${reason}`;
            const todo = `operator.${reason}.todo`;
            return (
              <StateBox
                key={id}
                look={acknowledged ? 'warning' : 'bad'}
                title={isTextKey(key) ? say(key) : reason}
                testId="operator-alert"
              >
                <Group justify="space-between">
                  <Stack gap={0}>
                    {isTextKey(todo) && <Text>{say(todo)}</Text>}
                    <Text size="sm">
                      {say('operator.since', { when: when(openedAt) })}{' '}
                      {acknowledged &&
                        say('operator.taken', { by: acknowledged.by, when: when(acknowledged.at) })}
                    </Text>
                  </Stack>
                  {!acknowledged && may('service.edit') && (
                    <Button loading={acknowledge.isBusy} onClick={() => void acknowledge.run(id)}>
                      {say('operator.take')}
                    </Button>
                  )}
                </Group>
              </StateBox>
            );
          })}
        </Stack>
      )}
    </AnswerView>
  );
}
