import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useMe } from '../api/me';
import { AnswerView } from '../kit/answer-view';
import { PageFrame } from '../kit/page';
import { useAnswer } from '../kit/use-answer';
import { useText } from '../text/text';
import { KeysSection } from './keys-section';
import { PolicySection } from './policy-section';
import type { TenantSettings, StationRow } from './settings-data';
import { StationForm } from './station-form';
import { ForTenant, type Tenant } from './tenant-choice';

/** The stations of a tenant, and how it calls its people. */
export function StationsPage() {
  return (
    <ForTenant>
      {(tenant, choice) => <StationsOf key={tenant.id} tenant={tenant} choice={choice} />}
    </ForTenant>
  );
}

function StationsOf({ tenant, choice }: { tenant: Tenant; choice: ReactNode }) {
  const { say } = useText();
  const { may } = useMe();
  const settings = useAnswer<TenantSettings>(`/organizations/${tenant.id}/settings`);
  const [edited, setEdited] = useState<StationRow | 'new'>();
  const mayEdit = may('station.edit');
  return (
    <PageFrame
      title={say('stations.title')}
      actions={mayEdit && <Button onClick={() => setEdited('new')}>{say('stations.add')}</Button>}
    >
      <Stack gap="lg">
        {choice}
        <AnswerView of={settings}>
          {(answer) => (
            <>
              <Text>{say(answer.stations.length === 0 ? 'stations.none' : 'stations.now')}</Text>
              <Stack gap="xs">
                {answer.stations.map((station) => (
                  <StationCard
                    key={station.id}
                    station={station}
                    onEdit={mayEdit ? () => setEdited(station) : undefined}
                  />
                ))}
              </Stack>
              <Title order={2} size="h3">
                {say('policy.title')}
              </Title>
              <Text>{say('policy.hint')}</Text>
              {answer.policies.map((one) => (
                <PolicySection
                  key={`${one.preset} ${one.version}`}
                  tenantId={tenant.id}
                  timeZone={answer.timeZone}
                  stored={one}
                  onSaved={settings.reload}
                />
              ))}
              <KeysSection
                key={answer.keys.version}
                tenantId={tenant.id}
                stored={answer.keys}
                onSaved={settings.reload}
              />
            </>
          )}
        </AnswerView>
      </Stack>
      {edited && (
        <StationForm
          tenantId={tenant.id}
          station={edited === 'new' ? undefined : edited}
          spokenNames={settings.answer?.spokenNames ?? []}
          onClose={() => setEdited(undefined)}
          onSaved={async () => {
            setEdited(undefined);
            await settings.reload();
          }}
        />
      )}
    </PageFrame>
  );
}

function StationCard({ station, onEdit }: { station: StationRow; onEdit: (() => void) | undefined }) {
  const { say } = useText();
  const days = station.closedWeekdays.map((day) => say(`day.${day as 1}`)).join('・');
  const closed = [
    ...(days === '' ? [] : [days]),
    ...(station.closedOnHolidays ? [say('stations.holidays')] : []),
  ];
  return (
    <Paper withBorder p="md" component="section" aria-label={station.name} data-testid="station">
      <Group justify="space-between" gap="sm">
        <Stack gap={2}>
          <Text fw={700}>{station.name}</Text>
          <Text size="sm">{say('stations.people', { count: station.people })}</Text>
          <Text size="sm" c="var(--dim)">
            {closed.length === 0
              ? say('stations.neverClosed')
              : say('stations.closedOn', { days: closed.join('・') })}{' '}
            {say(`stations.${station.closedDays}`)}
          </Text>
          <Text size="sm" c="var(--dim)">
            {station.spokenName === null
              ? say('stations.noSpoken')
              : say('stations.spokenIs', { name: station.spokenName.replace(/^names\//, '') })}
          </Text>
        </Stack>
        {onEdit && (
          <Button
            variant="default"
            onClick={onEdit}
            aria-label={say('stations.editOf', { name: station.name })}
          >
            {say('action.edit')}
          </Button>
        )}
      </Group>
    </Paper>
  );
}
