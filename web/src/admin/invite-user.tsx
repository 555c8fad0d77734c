import { Checkbox, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Role } from '../../../src/users/permissions';
import { ask } from '../api/client';
import { useMe } from '../api/me';
import { FormModal } from '../kit/form-modal';
import { useNotices } from '../kit/notices';
import { useForm, type SentForm } from '../kit/use-form';
import { useText } from '../text/text';
import type { Tenant } from './tenant-choice';
import type { Places, UserRow } from './users-data';

const tenantRoles: readonly Role[] = ['station', 'counsellor', 'supervisor', 'tenantAdmin', 'auditor'];

const userFields = {
  name: [],
  role: ['roleElsewhere', 'lastAdmin'],
  mail: ['mailTaken'],
  stationIds: ['stationsElsewhere'],
  counsellorId: ['counsellorElsewhere'],
};

interface Wanted {
  name: string;
  role: Role;
  stationIds: number[];
  counsellorId: number | undefined;
}

/** Somebody new: who, as what, and where. */
export function InviteUser({
  tenant,
  places,
  onClose,
  onInvited,
}: {
  tenant: Tenant;
  places: Places | undefined;
  onClose: () => void;
  /** @param link to hand over, when no mail is sent */
  onInvited: (name: string, link: string | undefined) => Promise<void>;
}) {
  const { say } = useText();
  const { tell } = useNotices();
  const [mail, setMail] = useState('');
  const [wanted, setWanted] = useState<Wanted>({
    name: '',
    role: 'station',
    stationIds: [],
    counsellorId: undefined,
  });
  const form = useForm(async () => {
    const answer = await ask<{ link?: string }>('POST', '/users', {
      ...bodyOf(wanted),
      mail,
      ...(wanted.role !== 'operator' && { organizationId: tenant.id }),
    });
    if (answer.link === undefined) tell(say('users.mailed', { name: wanted.name }));
    await onInvited(wanted.name, answer.link);
  }, userFields);
  return (
    <FormModal title={say('users.invite')} submit={say('users.send')} form={form} onClose={onClose}>
      <UserFields wanted={wanted} onChange={setWanted} places={places} form={form} />
      <TextInput
        label={say('users.mailAddress')}
        type="email"
        value={mail}
        maxLength={254}
        onChange={(event) => setMail(event.currentTarget.value)}
        error={form.errorAt('mail')}
        autoComplete="off"
        required
      />
    </FormModal>
  );
}

/** What somebody is and where; the address stays. */
export function EditUser({
  user,
  places,
  onClose,
  onSaved,
}: {
  user: UserRow;
  places: Places | undefined;
  onClose: () => void;
  onSaved: () => Promise<void>;
}) {
  const { say } = useText();
  const { tell } = useNotices();
  const [wanted, setWanted] = useState<Wanted>({ ...user, counsellorId: user.counsellorId });
  const form = useForm(async () => {
    await ask('PUT', `/users/${user.id}`, { ...bodyOf(wanted), version: user.version });
    tell(say('action.saved'));
    await onSaved();
  }, userFields);
  return (
    <FormModal
      title={say('users.editOf', { name: user.name })}
      submit={say('action.save')}
      form={form}
      onClose={onClose}
    >
      <UserFields
        wanted={wanted}
        onChange={setWanted}
        places={places}
        form={form}
        ownCounsellor={user.counsellorId}
      />
    </FormModal>
  );
}

function bodyOf({ name, role, stationIds, counsellorId }: Wanted) {
  return {
    ...{ name, role },
    stationIds: role === 'station' ? stationIds : [],
    ...((role === 'counsellor' || role === 'supervisor') && counsellorId !== undefined && { counsellorId }),
  };
}

function UserFields({
  wanted,
  onChange,
  places,
  form,
  ownCounsellor,
}: {
  wanted: Wanted;
  onChange: (wanted: Wanted) => void;
  places: Places | undefined;
  form: SentForm;
  ownCounsellor?: number | undefined;
}) {
  const { say } = useText();
  const { state } = useMe();
  const isOperator = state.kind === 'in' && state.me.user.role === 'operator';
  const roles: readonly Role[] = isOperator ? [...tenantRoles, 'operator'] : tenantRoles;
  const needsCounsellor = wanted.role === 'counsellor' || wanted.role === 'supervisor';
  return (
    <>
      <TextInput
        label={say('users.name')}
        value={wanted.name}
        maxLength={100}
        onChange={(event) => onChange({ ...wanted, name: event.currentTarget.value })}
        error={form.errorAt('name')}
        autoComplete="off"
        required
        data-autofocus
      />
      <Select
        label={say('users.role')}
        description={say(`users.may.${wanted.role}`)}
        data={roles.map((role) => ({ value: role, label: say(`role.${role}`) }))}
        value={wanted.role}
        onChange={(role) => {
          if (role !== null) onChange({ ...wanted, role });
        }}
        allowDeselect={false}
        error={form.errorAt('role')}
      />
      {wanted.role === 'station' && (
        <Checkbox.Group
          label={say('users.stations')}
          description={places?.stations.length === 0 ? say('users.noStations') : undefined}
          value={wanted.stationIds.map(String)}
          onChange={(ids) => onChange({ ...wanted, stationIds: ids.map(Number) })}
          error={form.errorAt('stationIds')}
          required
        >
          {places?.stations.map(({ id, name }) => (
            <Checkbox key={id} value={String(id)} label={name} mt="xs" />
          ))}
        </Checkbox.Group>
      )}
      {needsCounsellor && (
        <Select
          label={say('users.counsellor')}
          description={say('users.counsellorHint')}
          data={[
            ...(wanted.role === 'supervisor' ? [{ value: '', label: say('users.noCounsellor') }] : []),
            ...(places?.counsellors ?? [])
              .filter(({ id, hasAccount }) => !hasAccount || id === ownCounsellor)
              .map(({ id, name, extension }) => ({ value: String(id), label: `${name}（${extension}）` })),
          ]}
          value={
            wanted.counsellorId === undefined
              ? wanted.role === 'supervisor'
                ? ''
                : null
              : String(wanted.counsellorId)
          }
          onChange={(id) =>
            onChange({ ...wanted, counsellorId: id === null || id === '' ? undefined : Number(id) })
          }
          error={form.errorAt('counsellorId')}
          required={wanted.role === 'counsellor'}
          allowDeselect={false}
        />
      )}
    </>
  );
}
