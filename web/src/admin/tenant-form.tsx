import { NumberInput, Select, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { OrganizationKind } from '../../../src/organizations/organization-store';
import type { TenantFigures } from '../../../src/organizations/tenant-store';
import { ask } from '../api/client';
import { FormModal } from '../kit/form-modal';
import { useNotices } from '../kit/notices';
import { useForm } from '../kit/use-form';
import { useText } from '../text/text';

export type TenantRow = TenantFigures;

const kinds: readonly OrganizationKind[] = [
  'municipality',
  'communityAssociation',
  'privateBusiness',
  'operator',
];
const fields = { name: ['nameTaken'], kind: [], weight: [], timeZone: [] };

/** A tenant: new, or changed. */
export function TenantForm({
  tenant,
  onClose,
  onSaved,
}: {
  /** Undefined for a new one. */
  tenant: TenantRow | undefined;
  onClose: () => void;
  onSaved: () => Promise<void>;
}) {
  const { say } = useText();
  const { tell } = useNotices();
  const [name, setName] = useState(tenant?.name ?? '');
  const [kind, setKind] = useState<OrganizationKind>(tenant?.kind ?? 'municipality');
  const [weight, setWeight] = useState(tenant?.weight ?? 1);
  const [timeZone, setTimeZone] = useState(tenant?.timeZone ?? 'Asia/Tokyo');
  const form = useForm(async () => {
    const body = { name, kind, weight, spokenName: tenant?.spokenName ?? null };
    if (tenant) await ask('PUT', `/tenants/${tenant.id}`, { ...body, version: tenant.version });
    else await ask('POST', '/tenants', { ...body, timeZone });
    tell(say(tenant ? 'action.saved' : 'tenants.added', { name }));
    await onSaved();
  }, fields);
  const title = tenant ? say('tenants.editOf', { name: tenant.name }) : say('tenants.add');
  return (
    <FormModal title={title} submit={say('action.save')} form={form} onClose={onClose}>
      <TextInput
        label={say('tenants.name')}
        value={name}
        maxLength={200}
        onChange={(event) => setName(event.currentTarget.value)}
        error={form.errorAt('name')}
        required
        data-autofocus
      />
      <Select
        label={say('tenants.kind')}
        data={kinds.map((one) => ({ value: one, label: say(`tenants.kind.${one}`) }))}
        value={kind}
        onChange={(value) => {
          if (value !== null) setKind(value);
        }}
        allowDeselect={false}
        error={form.errorAt('kind')}
      />
      <NumberInput
        label={say('tenants.weight')}
        description={say('tenants.weightHint')}
        value={weight}
        min={1}
        max={100}
        allowDecimal={false}
        onChange={(value) => setWeight(Number(value) || 1)}
        error={form.errorAt('weight')}
      />
      {tenant ? (
        <Text size="sm">{say('tenants.zoneStays', { zone: timeZone })}</Text>
      ) : (
        <TextInput
          label={say('tenants.zone')}
          value={timeZone}
          onChange={(event) => setTimeZone(event.currentTarget.value)}
          error={form.errorAt('timeZone')}
          required
        />
      )}
    </FormModal>
  );
}
