import { Button, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useMe } from '../api/me';
import { AnswerView } from '../kit/answer-view';
import { PageFrame } from '../kit/page';
import { useAnswer } from '../kit/use-answer';
import { useText } from '../text/text';
import { OperatorAlerts } from './operator-alerts';
import { TenantForm, type TenantRow } from './tenant-form';

const everyMs = 30_000;

/** The tenants in figures, and what the operator must do now. */
export function TenantsPage() {
  const { say } = useText();
  const { may } = useMe();
  const tenants = useAnswer<TenantRow[]>('/tenants', { everyMs });
  const [edited, setEdited] = useState<TenantRow | 'new'>();
  return (
    <PageFrame
      title={say('tenants.title')}
      actions={
        may('organization.edit') && <Button onClick={() => setEdited('new')}>{say('tenants.add')}</Button>
      }
    >
      <Stack gap="lg">
        <OperatorAlerts />
        <Title order={2} size="h3">
          {say('tenants.list')}
        </Title>
        <AnswerView of={tenants}>
          {(all) =>
            all.length === 0 ? (
              <Text>{say('tenants.none')}</Text>
            ) : (
              <Stack gap="xs">
                {all.map((tenant) => (
                  <TenantCard key={tenant.id} tenant={tenant} onEdit={() => setEdited(tenant)} />
                ))}
              </Stack>
            )
          }
        </AnswerView>
      </Stack>
      {edited && (
        <TenantForm
          tenant={edited === 'new' ? undefined : edited}
          onClose={() => setEdited(undefined)}
          onSaved={async () => {
            setEdited(undefined);
            await tenants.reload();
          }}
        />
      )}
    </PageFrame>
  );
}

function TenantCard({ tenant, onEdit }: { tenant: TenantRow; onEdit: () => void }) {
  const { say } = useText();
  const { today } = tenant;
  const figures = [
    ['tenants.users', tenant.activeUsers],
    ['tenants.stations', tenant.stations],
    ['tenants.subscribers', tenant.subscribers],
    ['tenants.due', today.due],
    ['tenants.settled', today.settled],
    ['tenants.alerts', today.alerts],
  ] as const;
  return (
    <Paper withBorder p="md" component="section" aria-label={tenant.name} data-testid="tenant">
      <Group justify="space-between" mb="xs">
        <Stack gap={0}>
          <Text fw={700}>{tenant.name}</Text>
          <Text size="sm" c="var(--dim)">
            {say(`tenants.kind.${tenant.kind}`)}・{say('tenants.weightIs', { weight: tenant.weight })}・
            {tenant.timeZone}
          </Text>
        </Stack>
        <Button variant="default" onClick={onEdit} aria-label={say('tenants.editOf', { name: tenant.name })}>
          {say('action.edit')}
        </Button>
      </Group>
      <SimpleGrid cols={{ base: 2, xs: 3, md: 6 }} spacing="xs">
        {figures.map(([label, value]) => (
          <Stack key={label} gap={0}>
            <Text size="sm" c="var(--dim)">
              {say(label)}
            </Text>
            <Text fw={700}>{value}</Text>
          </Stack>
        ))}
      </SimpleGrid>
    </Paper>
  );
}
