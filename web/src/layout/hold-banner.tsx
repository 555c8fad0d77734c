import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { HoldReason } from '../../../src/checkins/hold-store';
import { useMe } from '../api/me';
import { useAnswer } from '../kit/use-answer';
import { momentOf } from '../text/moments';
import { useText } from '../text/text';
import { HoldRelease } from './hold-release';

export interface HoldTold {
  id: number;
  reason: HoldReason;
  openedAt: string;
  /** For those who may release it. */
  detail?: string;
}

const everyMs = 15_000;

/** On every page while no check-in call starts: everybody knows, the operator can end it. */
export function HoldBanner() {
  const { say, language } = useText();
  const { may } = useMe();
  const holds = useAnswer<HoldTold[]>('/holds', { everyMs });
  const [shown, setShown] = useState<HoldTold>();
  const open = holds.answer ?? [];
  const [first] = open;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <>
      {first && (
        <Alert
          color="red"
          variant="outline"
          role="alert"
          title={`⚠ ${say('hold.title')}`}
          mb="md"
          data-testid="hold-banner"
        >
          <Stack gap="xs">
            <Text>
              {say('hold.forAll', {
                when: momentOf(new Date(first.openedAt), new Date(), zone, language),
              })}
            </Text>
            {open.map((hold) => (
              <Group key={hold.id} justify="space-between">
                <Text fw={700}>{say(`hold.reason.${hold.reason}`)}</Text>
                {may('hold.edit') ? (
                  <Button onClick={() => setShown(hold)}>{say('hold.look')}</Button>
                ) : (
                  <Text>{say('hold.askOperator')}</Text>
                )}
              </Group>
            ))}
          </Stack>
        </Alert>
      )}
      {shown && (
        <HoldRelease
          hold={shown}
          onClose={() => setShown(undefined)}
          onReleased={() => {
            setShown(undefined);
            void holds.reload();
          }}
        />
      )}
    </>
  );
}
