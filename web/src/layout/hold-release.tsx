import { Alert, Button, Group, List, Modal, Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { CalledChoice } from '../../../src/checkins/hold-release';
import { ask } from '../api/client';
import { AnswerView } from '../kit/answer-view';
import { useNotices } from '../kit/notices';
import { useAction } from '../kit/use-action';
import { useAnswer } from '../kit/use-answer';
import { momentOf } from '../text/moments';
import { useText } from '../text/text';
import type { HoldTold } from './hold-banner';

interface HoldFacts {
  since?: string;
  recordIsWhole: boolean;
  unsettled: number;
  called: number;
  answered: number;
  unknownCalls: number;
}

/** What was called already, before the operator lets calls start again. */
export function HoldRelease({
  hold,
  onClose,
  onReleased,
}: {
  hold: HoldTold;
  onClose: () => void;
  onReleased: () => void;
}) {
  const { say } = useText();
  const { tell } = useNotices();
  const facts = useAnswer<HoldFacts>(`/holds/${hold.id}/facts`, { everyMs: 5000 });
  const [choice, setChoice] = useState<CalledChoice>('alert');
  const release = useAction(async () => {
    const { told } = await ask<{ told: number }>('POST', `/holds/${hold.id}/release`, { called: choice });
    tell(say('hold.released', { count: told }));
    onReleased();
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={say('hold.confirmTitle')}
      size="lg"
      closeButtonProps={{ 'aria-label': say('action.close') }}
    >
      <Stack>
        <Text>{say(`hold.reason.${hold.reason}`)}</Text>
        {hold.reason === 'clockSkew' && <Text>{say('hold.clocks', { detail: hold.detail ?? '' })}</Text>}
        <AnswerView of={facts}>
          {(found) => (
            <Stack>
              <Found facts={found} />
              {found.called > 0 && (
                <Radio.Group
                  label={say('hold.choice')}
                  value={choice}
                  onChange={(value) => setChoice(value === 'callAgain' ? 'callAgain' : 'alert')}
                >
                  <Stack gap="xs" mt="xs">
                    <Radio value="alert" label={say('hold.choice.alert')} />
                    <Radio value="callAgain" label={say('hold.choice.callAgain')} />
                  </Stack>
                </Radio.Group>
              )}
              <Group justify="flex-end">
                <Button variant="default" onClick={onClose}>
                  {say('action.cancel')}
                </Button>
                <Button
                  loading={release.isBusy}
                  disabled={found.unsettled > 0}
                  onClick={() => void release.run()}
                >
                  {say('hold.release')}
                </Button>
              </Group>
            </Stack>
          )}
        </AnswerView>
      </Stack>
    </Modal>
  );
}

function Found({ facts }: { facts: HoldFacts }) {
  const { say, language } = useText();
  if (facts.since === undefined) return null;
  const { called, answered, unknownCalls, recordIsWhole, unsettled } = facts;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const when = momentOf(new Date(facts.since), new Date(), zone, language);
  return (
    <Stack gap="xs">
      <Text>{say('hold.since', { when })}</Text>
      <List>
        <List.Item>
          {called > 0 ? say('hold.called', { count: called, answered }) : say('hold.nobodyCalled')}
        </List.Item>
        {unknownCalls > 0 && <List.Item>{say('hold.unknownCalls', { count: unknownCalls })}</List.Item>}
        {!recordIsWhole && <List.Item>{say('hold.recordShort')}</List.Item>}
      </List>
      {unsettled > 0 && (
        <Alert color="yellow" variant="outline" role="status">
          {say('hold.unsettled', { count: unsettled })}
        </Alert>
      )}
    </Stack>
  );
}
