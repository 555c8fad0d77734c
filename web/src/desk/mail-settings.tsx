import { Button, Checkbox, Group, NativeSelect, Paper, Stack, Switch, TextInput } from '@mantine/core';
import { useCallback, useState } from 'react';
import { alertReasons } from '../../../src/checkins/retry-policy';
import type { AlertMailSettings } from '../../../src/alerts/station-contact-store';
import { ask, type Method } from '../api/client';
import { useMe } from '../api/me';
import { AnswerView } from '../kit/answer-view';
import { useAction } from '../kit/use-action';
import { useAnswer } from '../kit/use-answer';
import { useText } from '../text/text';
import styles from './desk.module.css';
import type { StationTold } from './told';

/** Who hears of a station's alerts by mail: everybody switches their own, administrators all of it. */
export function MailSettings() {
  const { say } = useText();
  const { may } = useMe();
  const stations = useAnswer<StationTold[]>('/stations');
  const [chosen, setChosen] = useState<string>();
  const all = stations.answer ?? [];
  const id = chosen ?? String(all[0]?.id ?? '');
  if (all.length === 0 || !may('alert.handle')) return null;
  return (
    <section className="no-print" aria-label={say('mails.title')}>
      <h2 className={styles.group}>{say('mails.title')}</h2>
      <Paper withBorder p="md" maw="44rem">
        <Stack>
          {all.length > 1 && (
            <NativeSelect
              label={say('today.station')}
              value={id}
              onChange={(event) => setChosen(event.currentTarget.value)}
              data={all.map((one) => ({ value: String(one.id), label: one.name }))}
            />
          )}
          {may('station.edit') ? <OfStation key={id} id={id} /> : <Mine key={id} id={id} />}
        </Stack>
      </Paper>
    </section>
  );
}

function Mine({ id }: { id: string }) {
  const { say } = useText();
  const mine = useAnswer<{ isOn: boolean }>(`/stations/${id}/alert-mails/mine`);
  const { replace } = mine;
  const { run } = useAction(
    useCallback(
      async (isOn: boolean) => replace(await ask('PUT', `/stations/${id}/alert-mails/mine`, { isOn })),
      [id, replace],
    ),
  );
  return (
    <AnswerView of={mine}>
      {({ isOn }) => (
        <Switch
          label={say('mails.mine')}
          checked={isOn}
          onChange={(event) => void run(event.currentTarget.checked)}
        />
      )}
    </AnswerView>
  );
}

function OfStation({ id }: { id: string }) {
  const { say } = useText();
  const settings = useAnswer<AlertMailSettings>(`/stations/${id}/alert-mails`);
  const { replace } = settings;
  const [name, setName] = useState('');
  const [mail, setMail] = useState('');
  const { run, isBusy } = useAction(
    useCallback(
      async (method: Method, path: string, body?: object) =>
        replace(await ask<AlertMailSettings>(method, `/stations/${id}${path}`, body)),
      [id, replace],
    ),
  );
  return (
    <AnswerView of={settings}>
      {({ reasons, users, contacts }) => (
        <Stack>
          <Checkbox.Group
            label={say('mails.reasons')}
            value={reasons}
            onChange={(chosen) => void run('PUT', '/alert-mails', { reasons: chosen })}
          >
            <Group mt="xs">
              {alertReasons.map((reason) => (
                <Checkbox key={reason} value={reason} label={say(`ledger.${reason}`)} />
              ))}
            </Group>
          </Checkbox.Group>
          <p>
            {say('mails.users')}{' '}
            {users.map((one) => (one.isOn ? one.name : `${one.name}（${say('mails.off')}）`)).join('、')}
          </p>
          {contacts.map((one) => (
            <Group key={one.id} justify="space-between">
              <Switch
                label={`${one.name} ${one.mail}`}
                checked={one.isOn}
                onChange={(event) =>
                  void run('PATCH', `/contacts/${one.id}`, { isOn: event.currentTarget.checked })
                }
              />
              <Button
                variant="default"
                size="compact-md"
                aria-label={say('mails.removeName', { name: one.name })}
                onClick={() => void run('DELETE', `/contacts/${one.id}`)}
              >
                {say('mails.remove')}
              </Button>
            </Group>
          ))}
          <form
            onSubmit={(event) => {
              event.preventDefault();
              void run('POST', '/contacts', { name, mail }).then((isDone) => {
                if (!isDone) return;
                setName('');
                setMail('');
              });
            }}
          >
            <Group align="flex-end">
              <TextInput
                label={say('mails.name')}
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
                required
              />
              <TextInput
                label={say('mails.mail')}
                type="email"
                value={mail}
                onChange={(event) => setMail(event.currentTarget.value)}
                required
              />
              <Button type="submit" loading={isBusy}>
                {say('mails.add')}
              </Button>
            </Group>
          </form>
        </Stack>
      )}
    </AnswerView>
  );
}
