import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/client';
import { useMe } from '../api/me';
import { AnswerView } from '../kit/answer-view';
import { useNotices } from '../kit/notices';
import { PageFrame } from '../kit/page';
import { StateWord } from '../kit/state-box';
import { useAction } from '../kit/use-action';
import { useAnswer } from '../kit/use-answer';
import { momentOf } from '../text/moments';
import { useText } from '../text/text';
import { EditUser, InviteUser } from './invite-user';
import { LinkModal } from './link-modal';
import { ForTenant, type Tenant } from './tenant-choice';
import type { Invitation, Places, UserRow } from './users-data';

/** Who may come in: invite, shut out, let in again. */
export function UsersPage() {
  const { say } = useText();
  return (
    <ForTenant>
      {(tenant, choice) => (
        <UsersOf key={tenant.id} tenant={tenant} choice={choice} title={say('users.title')} />
      )}
    </ForTenant>
  );
}

function UsersOf({ tenant, choice, title }: { tenant: Tenant; choice: ReactNode; title: string }) {
  const { say } = useText();
  const { may, state } = useMe();
  const users = useAnswer<UserRow[]>('/users');
  const invitations = useAnswer<{ hasMailServer: boolean; waiting: Invitation[] }>('/invitations');
  const places = useAnswer<Places>(`/organizations/${tenant.id}/places`);
  const [isInviting, setInviting] = useState(false);
  const [edited, setEdited] = useState<UserRow>();
  const [link, setLink] = useState<{ name: string; link: string }>();
  const ownRole = state.kind === 'in' ? state.me.user.role : undefined;
  const reload = async (): Promise<void> => {
    await Promise.all([users.reload(), invitations.reload(), places.reload()]);
  };
  const waiting = invitations.answer?.waiting ?? [];
  const undelivered = waiting.filter(
    ({ mail }) => mail === 'refused' || mail === 'failing' || mail === 'expired',
  );
  return (
    <PageFrame
      title={title}
      actions={may('user.invite') && <Button onClick={() => setInviting(true)}>{say('users.invite')}</Button>}
    >
      <Stack>
        {choice}
        <Text>
          {undelivered.length > 0
            ? say('users.nowUndelivered', { count: undelivered.length })
            : say('users.now')}
        </Text>
        <AnswerView of={users}>
          {(all) => {
            const shown = all.filter(
              ({ organizationId }) =>
                organizationId === tenant.id || (ownRole === 'operator' && organizationId === undefined),
            );
            if (shown.length === 0) return <Text>{say('users.none')}</Text>;
            return shown.map((user) => (
              <UserCard
                key={user.id}
                user={user}
                places={places.answer}
                invitation={waiting.find(({ userId }) => userId === user.id)}
                hasMailServer={invitations.answer?.hasMailServer ?? true}
                onEdit={() => setEdited(user)}
                onChanged={reload}
                onLink={(given) => setLink({ name: user.name, link: given })}
              />
            ));
          }}
        </AnswerView>
      </Stack>
      {isInviting && (
        <InviteUser
          tenant={tenant}
          places={places.answer}
          onClose={() => setInviting(false)}
          onInvited={async (name, given) => {
            setInviting(false);
            if (given !== undefined) setLink({ name, link: given });
            await reload();
          }}
        />
      )}
      {edited && (
        <EditUser
          user={edited}
          places={places.answer}
          onClose={() => setEdited(undefined)}
          onSaved={async () => {
            setEdited(undefined);
            await reload();
          }}
        />
      )}
      {link && <LinkModal {...link} onClose={() => setLink(undefined)} />}
    </PageFrame>
  );
}

interface UserCardProps {
  user: UserRow;
  places: Places | undefined;
  invitation: Invitation | undefined;
  hasMailServer: boolean;
  onEdit: () => void;
  onChanged: () => Promise<void>;
  onLink: (link: string) => void;
}

const looks = { active: 'good', invited: 'notice', disabled: 'over' } as const;

function UserCard({ user, places, invitation, hasMailServer, onEdit, onChanged, onLink }: UserCardProps) {
  const { say, language } = useText();
  const { may, state } = useMe();
  const { tell } = useNotices();
  const isSelf = state.kind === 'in' && state.me.user.id === user.id;
  const mayEdit = state.kind === 'in' && state.me.permissions.includes('user.edit');
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const when = (text: string): string => momentOf(new Date(text), new Date(), zone, language);
  const enable = useAction(async () => {
    await ask('POST', `/users/${user.id}/enable`);
    await onChanged();
    tell(say('users.enabled', { name: user.name }));
  });
  const disable = useAction(async () => {
    await ask('POST', `/users/${user.id}/disable`);
    await onChanged();
    tell(say('users.disabled', { name: user.name }), () => void enable.run());
  });
  const again = useAction(async () => {
    const answer = await ask<{ link?: string }>('POST', `/users/${user.id}/invite-again`);
    if (answer.link === undefined) tell(say('users.invitedAgain', { name: user.name }));
    else onLink(answer.link);
    await onChanged();
  });
  const where = [
    ...user.stationIds.map((id) => places?.stations.find((one) => one.id === id)?.name ?? ''),
    ...(places?.counsellors ?? [])
      .filter(({ id }) => id === user.counsellorId)
      .map(({ name, extension }) => `${name}（${extension}）`),
  ].filter((name) => name !== '');
  return (
    <Paper withBorder p="md" component="section" aria-label={user.name} data-testid="user">
      <Group justify="space-between" align="flex-start" gap="sm">
        <Stack gap={2}>
          <Group gap="xs">
            <Text fw={700}>{user.name}</Text>
            <StateWord look={looks[user.state]}>{say(`users.state.${user.state}`)}</StateWord>
          </Group>
          <Text size="sm">
            {say(`role.${user.role}`)}
            {where.length > 0 && `・${where.join('、')}`}
          </Text>
          <Text size="sm" c="var(--dim)" className="as-written">
            {user.mail}
          </Text>
          <Text size="sm" c="var(--dim)">
            {say(user.hasTotp ? 'users.totp' : 'users.noTotp')}
            {'・'}
            {user.lastLoginAt === undefined
              ? say('users.neverIn')
              : say('users.lastIn', { when: when(user.lastLoginAt) })}
          </Text>
          {invitation && (
            <Text size="sm" c={invitation.mail === 'refused' ? 'var(--red)' : 'var(--blue)'}>
              {hasMailServer || invitation.mail === 'sent'
                ? say(`users.mail.${invitation.mail ?? 'waiting'}`)
                : say('users.mail.noServer')}{' '}
              {say('users.until', { when: when(invitation.expiresAt) })}
            </Text>
          )}
        </Stack>
        <Group gap="xs">
          {mayEdit && !isSelf && (
            <Button
              variant="default"
              size="compact-md"
              onClick={onEdit}
              aria-label={say('users.editOf', { name: user.name })}
            >
              {say('action.edit')}
            </Button>
          )}
          {may('user.invite') && user.state === 'invited' && (
            <Button
              variant="default"
              size="compact-md"
              loading={again.isBusy}
              onClick={() => void again.run()}
              aria-label={say('users.againOf', { name: user.name })}
            >
              {say('users.again')}
            </Button>
          )}
          {may('user.disable') && !isSelf && user.state !== 'disabled' && (
            <Button
              variant="outline"
              color="red"
              size="compact-md"
              loading={disable.isBusy}
              onClick={() => void disable.run()}
              aria-label={say('users.disableOf', { name: user.name })}
            >
              {say('users.disable')}
            </Button>
          )}
          {may('user.disable') && user.state === 'disabled' && (
            <Button
              variant="default"
              size="compact-md"
              loading={enable.isBusy}
              onClick={() => void enable.run()}
              aria-label={say('users.enableOf', { name: user.name })}
            >
              {say('users.enable')}
            </Button>
          )}
        </Group>
      </Group>
    </Paper>
  );
}
