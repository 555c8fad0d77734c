import { Button, Group, Paper, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { accessKindNames, type AuditRow } from './audit-data';
import { ask, askFile, tellFailure } from '../api/client';
import { AnswerView } from '../kit/answer-view';
import { useNotices } from '../kit/notices';
import { PageFrame } from '../kit/page';
import { useAction } from '../kit/use-action';
import { useAnswer } from '../kit/use-answer';
import { dayInWords, todayIn } from '../text/dates';
import { timeOfDay } from '../text/moments';
import { isTextKey, useText, type Say } from '../text/text';
import type { UserRow } from './users-data';

interface Page {
  entries: AuditRow[];
  timeZone: string;
  before?: number;
}

/** Who looked at whom and changed what; read only. */
export function AuditPage() {
  const { say } = useText();
  const { warn, tell } = useNotices();
  const users = useAnswer<UserRow[]>('/users');
  const [user, setUser] = useState('');
  const [kind, setKind] = useState('');
  const [day, setDay] = useState('');
  const query = new URLSearchParams({
    ...(user !== '' && { user }),
    ...(kind !== '' && { kind }),
    ...(day !== '' && { day }),
  }).toString();
  const first = useAnswer<Page>(`/audit?${query}`);
  const [older, setOlder] = useState<{ query: string; pages: Page[] }>({ query: '', pages: [] });
  const pages = [...(first.answer ? [first.answer] : []), ...(older.query === query ? older.pages : [])];
  const before = pages.at(-1)?.before;
  const more = useAction(async () => {
    const page = await ask<Page>('GET', `/audit?${query}&before=${before}`);
    setOlder((now) => ({ query, pages: [...(now.query === query ? now.pages : []), page] }));
  });
  const download = (): void => {
    askFile('GET', `/audit.csv?${query}`)
      .then((file) => {
        save(file, 'genkidesu-access-log.csv');
        tell(say('audit.exported'));
        // It is an entry itself now: the pages are counted anew.
        setOlder({ query: '', pages: [] });
        return first.reload();
      })
      .catch((error: unknown) => warn(tellFailure(error, say)));
  };
  return (
    <PageFrame
      title={say('audit.title')}
      actions={<Button onClick={download}>{say('action.download')}</Button>}
    >
      <Stack>
        <Text>{say('audit.now')}</Text>
        <Group align="flex-end">
          <Select
            label={say('audit.user')}
            data={[
              { value: '', label: say('audit.all') },
              ...(users.answer ?? []).map(({ id, name }) => ({ value: String(id), label: name })),
            ]}
            value={user}
            onChange={(value) => setUser(value ?? '')}
            allowDeselect={false}
            searchable
          />
          <Select
            label={say('audit.kind')}
            data={[
              { value: '', label: say('audit.all') },
              ...accessKindNames.map((one) => ({ value: one, label: say(`audit.kind.${one}`) })),
            ]}
            value={kind}
            onChange={(value) => setKind(value ?? '')}
            allowDeselect={false}
          />
          <TextInput
            type="date"
            label={say('audit.day')}
            value={day}
            onChange={(event) => setDay(event.currentTarget.value)}
          />
        </Group>
        <AnswerView of={first}>
          {({ timeZone }) => {
            const entries = pages.flatMap((page) => page.entries);
            if (entries.length === 0) return <Text>{say('audit.none')}</Text>;
            return entries.map((entry) => <Entry key={entry.id} entry={entry} zone={timeZone} />);
          }}
        </AnswerView>
        {before !== undefined && (
          <Button variant="default" loading={more.isBusy} onClick={() => void more.run()}>
            {say('list.more')}
          </Button>
        )}
      </Stack>
    </PageFrame>
  );
}

function Entry({ entry, zone }: { entry: AuditRow; zone: string }) {
  const { say, language } = useText();
  const at = new Date(entry.at);
  // An account's changed parts stand behind the word of what was done.
  const [, ...parts] = entry.detail.split(' ');
  const changes = entry.changes ?? parts.map((field) => ({ field }));
  const fields = changes.map((change) => fieldText(change, say));
  return (
    <Paper withBorder p="xs" component="article" data-testid="entry">
      <Group gap="sm" justify="space-between">
        <Text fw={700}>
          {dayInWords(todayIn(zone, at), language)} {timeOfDay(at, zone, language, true)}
        </Text>
        <Text>
          {entry.userName ?? say('audit.nobody')}
          {entry.userRole !== undefined && `（${say(`role.${entry.userRole}`)}）`}
        </Text>
      </Group>
      <Text>
        {say(`audit.kind.${entry.what}`)}: {detailText(entry, say)}
      </Text>
      {fields.length > 0 && <Text size="sm">{say('audit.fields', { fields: fields.join('、') })}</Text>}
      {entry.reason !== undefined && entry.reason !== '' && (
        <Text size="sm">{say('audit.reason', { reason: entry.reason })}</Text>
      )}
      {entry.address !== undefined && entry.address !== '' && (
        <Text size="sm" c="var(--dim)">
          {say('audit.from', { address: entry.address })}
        </Text>
      )}
    </Paper>
  );
}

function detailText({ detail, subject, subjectId }: AuditRow, say: Say): string {
  const key = `audit.detail.${detail.split(' ')[0] ?? ''}`;
  const subjectKey = `audit.subject.${subject ?? ''}`;
  const what = isTextKey(key) ? say(key) : detail;
  if (subjectId === undefined || subject === undefined) return what;
  return `${what}（${isTextKey(subjectKey) ? say(subjectKey) : subject} ${subjectId}）`;
}

function fieldText({ field, from, to }: NonNullable<AuditRow['changes']>[number], say: Say): string {
  const key = `audit.field.${field}`;
  const name = isTextKey(key) ? say(key) : field;
  if (to === undefined) return name;
  return from === undefined || from === null
    ? `${name}: ${String(to)}`
    : `${name}: ${String(from)} → ${String(to)}`;
}

function save(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
