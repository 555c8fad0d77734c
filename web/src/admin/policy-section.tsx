import { Alert, Button, Group, NumberInput, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import type { CallPolicy } from '../../../src/checkins/call-policy';
import { ask } from '../api/client';
import { useMe } from '../api/me';
import { useNotices } from '../kit/notices';
import { useForm } from '../kit/use-form';
import { useText } from '../text/text';
import { GapsField } from './gaps-field';
import { PolicyPreviewView } from './policy-preview-view';
import type { StoredPolicy } from './settings-data';

const fields = { callingHours: ['hoursEndBeforeTheyBegin'], maxMissed: [], giveUp: [] };

/** How often and when somebody who does not answer is called, in words, with what comes of it. */
export function PolicySection({
  tenantId,
  timeZone,
  stored,
  onSaved,
}: {
  tenantId: number;
  timeZone: string;
  stored: StoredPolicy;
  onSaved: () => Promise<void>;
}) {
  const { say } = useText();
  const { may } = useMe();
  const { tell } = useNotices();
  const [policy, setPolicy] = useState<CallPolicy>(stored.policy);
  const [isOpen, setOpen] = useState(false);
  const form = useForm(async () => {
    const body = { version: stored.version, policy };
    await ask('PUT', `/organizations/${tenantId}/policies/${stored.preset}`, body);
    tell(say('policy.saved'));
    await onSaved();
  }, fields);
  const title = say(`policy.${stored.preset}`);
  const { callingHours: hours, giveUp } = policy;
  return (
    <Paper withBorder p="md" component="section" aria-label={title}>
      <Stack>
        <Group justify="space-between">
          <Title order={3} size="h4">
            {title}
          </Title>
          {may('policy.edit') && !isOpen && (
            <Button
              variant="default"
              onClick={() => setOpen(true)}
              aria-label={say('policy.editOf', { name: title })}
            >
              {say('action.edit')}
            </Button>
          )}
        </Group>
        <Text>
          {say('policy.words', {
            tries: policy.maxMissed,
            from: hours.from,
            until: hours.until,
          })}
        </Text>
        <PolicyPreviewView tenantId={tenantId} timeZone={timeZone} policy={policy} />
        {isOpen && (
          <form onSubmit={form.send}>
            <Stack>
              <NumberInput
                label={say('policy.maxMissed')}
                value={policy.maxMissed}
                min={1}
                max={10}
                allowDecimal={false}
                onChange={(value) => setPolicy({ ...policy, maxMissed: Number(value) || 1 })}
                error={form.errorAt('maxMissed')}
                maw="20rem"
              />
              <GapsField
                label={say('policy.gapsNoAnswer')}
                gaps={policy.gaps.noAnswer}
                tries={policy.maxMissed}
                onChange={(gaps) =>
                  // Who is out, declines, or has a machine answer is called again in the same rhythm.
                  setPolicy({
                    ...policy,
                    gaps: { ...policy.gaps, noAnswer: gaps, rejected: gaps, machine: gaps },
                  })
                }
              />
              <GapsField
                label={say('policy.gapsBusy')}
                gaps={policy.gaps.busy}
                tries={policy.maxMissed}
                onChange={(busy) => setPolicy({ ...policy, gaps: { ...policy.gaps, busy } })}
              />
              <Group align="flex-start">
                <TextInput
                  type="time"
                  label={say('policy.from')}
                  value={hours.from}
                  onChange={(event) =>
                    setPolicy({ ...policy, callingHours: { ...hours, from: event.currentTarget.value } })
                  }
                  error={form.errorAt('callingHours')}
                  required
                />
                <TextInput
                  type="time"
                  label={say('policy.until')}
                  value={hours.until}
                  onChange={(event) =>
                    setPolicy({ ...policy, callingHours: { ...hours, until: event.currentTarget.value } })
                  }
                  required
                />
              </Group>
              <Group align="flex-start">
                <NumberInput
                  label={say('policy.giveUpDays')}
                  value={giveUp.days}
                  min={0}
                  max={7}
                  allowDecimal={false}
                  onChange={(days) =>
                    setPolicy({ ...policy, giveUp: { ...giveUp, days: Number(days) || 0 } })
                  }
                />
                <NumberInput
                  label={say('policy.giveUpMinutes')}
                  value={giveUp.minutes}
                  min={1}
                  max={1440}
                  allowDecimal={false}
                  onChange={(minutes) =>
                    setPolicy({ ...policy, giveUp: { ...giveUp, minutes: Number(minutes) || 1 } })
                  }
                  error={form.errorAt('giveUp')}
                />
              </Group>
              {form.rest !== undefined && (
                <Alert color="red" variant="outline" role="alert">
                  {form.rest}
                </Alert>
              )}
              <Group>
                <Button type="submit" loading={form.isBusy}>
                  {say('action.save')}
                </Button>
                <Button
                  variant="default"
                  onClick={() => {
                    setPolicy(stored.policy);
                    setOpen(false);
                  }}
                >
                  {say('action.cancel')}
                </Button>
              </Group>
            </Stack>
          </form>
        )}
      </Stack>
    </Paper>
  );
}
