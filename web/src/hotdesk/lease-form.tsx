import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { ask } from '../api/client';
import { todayIn } from '../text/dates';
import { useText } from '../text/text';
import { CaseForm, type CaseFormProps } from './case-form';
import { readWhole } from './field-values';

/** A signed lease: what the hotline is for in the end. */
export function LeaseForm({ path, zone, onDone, onCancel }: CaseFormProps) {
  const { say } = useText();
  const [signedOn, setSignedOn] = useState(todayIn(zone));
  const [address, setAddress] = useState('');
  const [landlord, setLandlord] = useState('');
  const [rent, setRent] = useState('');
  const send = async (): Promise<void> => {
    await ask('POST', `${path}/leases`, { signedOn, address, landlord, rentYen: readWhole(rent) });
    await onDone();
  };
  return (
    <CaseForm submit={say('action.save')} send={send} onCancel={onCancel}>
      <TextInput
        type="date"
        label={say('lease.signedOn')}
        value={signedOn}
        onChange={(event) => setSignedOn(event.currentTarget.value)}
        required
      />
      <TextInput
        label={say('lease.address')}
        value={address}
        onChange={(event) => setAddress(event.currentTarget.value)}
        required
      />
      <TextInput
        label={say('lease.landlord')}
        value={landlord}
        onChange={(event) => setLandlord(event.currentTarget.value)}
      />
      <TextInput
        label={say('lease.rent')}
        inputMode="numeric"
        value={rent}
        onChange={(event) => setRent(event.currentTarget.value)}
      />
    </CaseForm>
  );
}
