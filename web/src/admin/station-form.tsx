import { Checkbox, Group, Radio, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { StationSettings } from '../../../src/organizations/station-store';
import { ask } from '../api/client';
import { FormModal } from '../kit/form-modal';
import { useNotices } from '../kit/notices';
import { useForm } from '../kit/use-form';
import { useText } from '../text/text';
import type { StationRow } from './settings-data';

const fields = { name: ['nameTaken'], spokenName: ['noSuchRecording'], closedWeekdays: [] };
const empty: StationSettings = {
  name: '',
  spokenName: null,
  closedDays: 'callAnyway',
  closedWeekdays: [],
  closedOnHolidays: false,
};

/** A station: its name, who says that it calls, and its regular closed days. */
export function StationForm({
  tenantId,
  station,
  spokenNames,
  onClose,
  onSaved,
}: {
  tenantId: number;
  /** Undefined for a new one. */
  station: StationRow | undefined;
  spokenNames: readonly string[];
  onClose: () => void;
  onSaved: () => Promise<void>;
}) {
  const { say } = useText();
  const { tell } = useNotices();
  const [wanted, setWanted] = useState<StationSettings>(station ?? empty);
  const form = useForm(async () => {
    const address = `/organizations/${tenantId}/stations`;
    const { name, spokenName, closedDays, closedWeekdays, closedOnHolidays } = wanted;
    const body = { name, spokenName, closedDays, closedWeekdays, closedOnHolidays };
    if (station) await ask('PUT', `${address}/${station.id}`, { ...body, version: station.version });
    else await ask('POST', address, body);
    tell(say('action.saved'));
    await onSaved();
  }, fields);
  const title = station ? say('stations.editOf', { name: station.name }) : say('stations.add');
  return (
    <FormModal title={title} submit={say('action.save')} form={form} onClose={onClose}>
      <TextInput
        label={say('stations.name')}
        value={wanted.name}
        maxLength={200}
        onChange={(event) => setWanted({ ...wanted, name: event.currentTarget.value })}
        error={form.errorAt('name')}
        required
        data-autofocus
      />
      <Select
        label={say('stations.spoken')}
        description={say('stations.spokenHint')}
        data={[
          { value: '', label: say('stations.noneSpoken') },
          ...spokenNames.map((name) => ({ value: name, label: name.replace('names/', '') })),
        ]}
        value={wanted.spokenName ?? ''}
        onChange={(name) => setWanted({ ...wanted, spokenName: name === '' ? null : name })}
        error={form.errorAt('spokenName')}
        allowDeselect={false}
      />
      <Checkbox.Group
        label={say('stations.weekdays')}
        value={wanted.closedWeekdays.map(String)}
        onChange={(days) => setWanted({ ...wanted, closedWeekdays: days.map(Number).sort() })}
        error={form.errorAt('closedWeekdays')}
      >
        <Group gap="sm" mt="xs">
          {([1, 2, 3, 4, 5, 6, 7] as const).map((day) => (
            <Checkbox key={day} value={String(day)} label={say(`day.${day}`)} />
          ))}
        </Group>
      </Checkbox.Group>
      <Checkbox
        label={say('stations.closedOnHolidays')}
        checked={wanted.closedOnHolidays}
        onChange={(event) => setWanted({ ...wanted, closedOnHolidays: event.currentTarget.checked })}
      />
      <Radio.Group
        label={say('stations.onClosedDays')}
        value={wanted.closedDays}
        onChange={(closedDays) => setWanted({ ...wanted, closedDays })}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="callAnyway" label={say('stations.callAnyway')} />
          <Radio value="nextOpenDay" label={say('stations.nextOpenDay')} />
        </Stack>
      </Radio.Group>
    </FormModal>
  );
}
