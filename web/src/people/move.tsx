import { Button, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { StationTold } from '../api/told';
import { ask } from '../api/client';
import { FormModal } from '../kit/form-modal';
import { useNotices } from '../kit/notices';
import { useAnswer } from '../kit/use-answer';
import { useForm } from '../kit/use-form';
import { useText } from '../text/text';
import type { SectionProps } from './person-page';

/** Lets another station look after this person; only for whom there is another one to choose. */
export function Move({ record, reload, mayEdit }: SectionProps) {
  const { say } = useText();
  const [isOpen, setOpen] = useState(false);
  const { answer: stations = [] } = useAnswer<StationTold[]>(mayEdit ? '/stations' : undefined);
  const others = stations.filter(
    ({ id, organizationId }) => organizationId === record.organizationId && id !== record.stationId,
  );
  if (others.length === 0) return null;
  return (
    <Group>
      <Button variant="default" onClick={() => setOpen(true)}>
        {say('people.move')}
      </Button>
      {isOpen && (
        <MoveForm record={record} stations={others} onClose={() => setOpen(false)} onMoved={reload} />
      )}
    </Group>
  );
}

const fields = { stationId: ['stationNotYours', 'noSuchStation'], reason: [] };

function MoveForm({
  record,
  stations,
  onClose,
  onMoved,
}: {
  record: SectionProps['record'];
  stations: readonly StationTold[];
  onClose: () => void;
  onMoved: () => Promise<void>;
}) {
  const { say } = useText();
  const { tell } = useNotices();
  const [stationId, setStation] = useState(stations.length === 1 ? String(stations[0]?.id) : '');
  const [reason, setReason] = useState('');
  const form = useForm(async () => {
    const body = { version: record.version, stationId: Number(stationId), reason };
    await ask('POST', `/subscribers/${record.id}/move`, body);
    const station = stations.find(({ id }) => id === Number(stationId))?.name ?? '';
    tell(say('people.move.done', { station }));
    onClose();
    await onMoved();
  }, fields);
  return (
    <FormModal title={say('people.move')} submit={say('people.move.do')} form={form} onClose={onClose}>
      <Text>{say('people.move.hint', { name: record.person.name })}</Text>
      <NativeSelect
        label={say('people.move.to')}
        value={stationId}
        onChange={(event) => setStation(event.currentTarget.value)}
        data={[
          { value: '', label: say('people.station.choose') },
          ...stations.map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
        error={form.errorAt('stationId')}
        required
      />
      <TextInput
        label={say('people.moveReason')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={form.errorAt('reason')}
        maxLength={200}
        autoComplete="off"
        required
      />
    </FormModal>
  );
}
