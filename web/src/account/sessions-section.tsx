import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { ask } from '../api/client';
import { AnswerView } from '../kit/answer-view';
import { useNotices } from '../kit/notices';
import { StateWord } from '../kit/state-box';
import { useAction } from '../kit/use-action';
import { useAnswer } from '../kit/use-answer';
import { momentOf } from '../text/moments';
import { useText } from '../text/text';

interface OwnSession {
  id: number;
  device: string;
  seenAt: string;
  isThisOne: boolean;
}

interface Sessions {
  sessions: OwnSession[];
  recoveryCodesLeft: number;
}

/** Where one is logged in; each of them can be ended from here. */
export function SessionsSection() {
  const { say, language } = useText();
  const { tell } = useNotices();
  const sessions = useAnswer<Sessions>('/account/sessions');
  const end = useAction(async (id: number) => {
    await ask('DELETE', `/account/sessions/${id}`);
    await sessions.reload();
    tell(say('account.sessionEnded'));
  });
  const endOthers = useAction(async () => {
    const { ended } = await ask<{ ended: number }>('POST', '/account/sessions/end-others');
    await sessions.reload();
    tell(say('account.othersEnded', { count: ended }));
  });
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <Paper withBorder p="md" component="section" aria-label={say('account.sessions')}>
      <Stack>
        <Title order={2} size="h4">
          {say('account.sessions')}
        </Title>
        <Text>{say('account.sessionsHint')}</Text>
        <AnswerView of={sessions}>
          {({ sessions: list }) => (
            <Stack gap="xs">
              {list.map(({ id, device, seenAt, isThisOne }) => (
                <Group key={id} justify="space-between" gap="xs">
                  <Stack gap={0}>
                    <Text>{deviceName(device) ?? say('account.someDevice')}</Text>
                    <Text size="sm" c="var(--dim)">
                      {say('account.seen', { when: momentOf(new Date(seenAt), new Date(), zone, language) })}
                    </Text>
                  </Stack>
                  {isThisOne ? (
                    <StateWord look="good">{say('account.thisOne')}</StateWord>
                  ) : (
                    <Button
                      variant="default"
                      size="compact-md"
                      loading={end.isBusy}
                      onClick={() => void end.run(id)}
                    >
                      {say('account.end')}
                    </Button>
                  )}
                </Group>
              ))}
              {list.length > 1 && (
                <Button
                  variant="outline"
                  color="red"
                  loading={endOthers.isBusy}
                  onClick={() => void endOthers.run()}
                >
                  {say('account.endOthers')}
                </Button>
              )}
            </Stack>
          )}
        </AnswerView>
      </Stack>
    </Paper>
  );
}

/** What a browser calls itself, as people call it. */
function deviceName(agent: string): string | undefined {
  const browser = ['Edg', 'Firefox', 'Chrome', 'Safari'].find((name) => agent.includes(name));
  const system = ['Windows', 'iPhone', 'iPad', 'Android', 'Mac OS', 'Linux'].find((name) =>
    agent.includes(name),
  );
  const words = [browser === 'Edg' ? 'Edge' : browser, system].filter((word) => word !== undefined);
  return words.length === 0 ? undefined : words.join('・');
}
