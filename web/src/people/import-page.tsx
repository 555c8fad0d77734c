import {
  Alert,
  Button,
  FileInput,
  Group,
  List,
  NativeSelect,
  Progress,
  Stack,
  Table,
  Text,
  Title,
} from '@mantine/core';
import { useEffect, useState, type ReactNode, type SyntheticEvent } from 'react';
import { Link } from 'react-router';
import type { ImportJob, ImportPreview } from '../../../src/subscribers/import-desk';
import { ask, askFile, tellFailure } from '../api/client';
import { AnswerView } from '../kit/answer-view';
import { PageFrame } from '../kit/page';
import { useAnswer } from '../kit/use-answer';
import { Refusal } from '../kit/refusal';
import { useText } from '../text/text';
import type { Station } from './types';
import { fieldInWords, fieldName } from './words-of';

const lookEveryMs = 700;

/** Takes a list of people in: first a look at what it would change, then yes or no. */
export function ImportPage() {
  const { say } = useText();
  const stations = useAnswer<Station[]>('/stations');
  return (
    <PageFrame title={say('people.import')}>
      <AnswerView of={stations}>
        {(list) =>
          list.length === 0 ? <Text>{say('people.noStation')}</Text> : <ImportDesk stations={list} />
        }
      </AnswerView>
    </PageFrame>
  );
}

async function sendFile<Answer>(path: string, file: File): Promise<Answer> {
  const answer = await askFile('POST', path, { body: new Blob([file], { type: 'text/csv' }) });
  return JSON.parse(await answer.text()) as Answer;
}

function ImportDesk({ stations }: { stations: readonly Station[] }) {
  const { say } = useText();
  const [station, setStation] = useState(String(stations[0]?.id ?? ''));
  const [file, setFile] = useState<File | null>(null);
  const [preview, setPreview] = useState<ImportPreview>();
  const [job, setJob] = useState<ImportJob>();
  const [failure, setFailure] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const work = (doing: () => Promise<void>): void => {
    if (isBusy) return;
    setBusy(true);
    setFailure(undefined);
    doing()
      .catch((error: unknown) => {
        setPreview(undefined);
        setFailure(tellFailure(error, say));
      })
      .finally(() => setBusy(false));
  };
  const look = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (!file) {
      setFailure(say('people.import.chooseFirst'));
      return;
    }
    setJob(undefined);
    work(async () =>
      setPreview(await sendFile<ImportPreview>(`/subscribers/import/preview?station=${station}`, file)),
    );
  };
  const take = (token: string): void =>
    work(async () => {
      if (file)
        setJob(await sendFile<ImportJob>(`/subscribers/import?station=${station}&token=${token}`, file));
    });
  const again = (): void => {
    setPreview(undefined);
    setJob(undefined);
  };
  return (
    <Stack>
      <Text>{say('people.import.hint')}</Text>
      <Text size="sm">{say('people.import.columns')}</Text>
      <form onSubmit={look} noValidate>
        <Group align="flex-end" gap="sm">
          <NativeSelect
            label={say('people.station')}
            value={station}
            onChange={(event) => {
              setStation(event.currentTarget.value);
              again();
            }}
            data={stations.map(({ id, name }) => ({ value: String(id), label: name }))}
          />
          <FileInput
            label={say('people.import.file')}
            placeholder={say('people.import.choose')}
            accept=".csv,text/csv"
            value={file}
            onChange={(chosen) => {
              setFile(chosen);
              again();
            }}
            w="22rem"
            maw="100%"
            required
          />
          <Button type="submit" loading={isBusy && !job}>
            {say('people.import.look')}
          </Button>
        </Group>
      </form>
      <Refusal text={failure} />
      {job ? (
        <Course job={job} station={station} onNews={setJob} />
      ) : (
        preview && <Preview preview={preview} isBusy={isBusy} onTake={() => take(preview.token)} />
      )}
    </Stack>
  );
}

function Preview({
  preview,
  isBusy,
  onTake,
}: {
  preview: ImportPreview;
  isBusy: boolean;
  onTake: () => void;
}) {
  const { say } = useText();
  const { counts, errors, added, changed, restored } = preview;
  const nothing = counts.added + counts.changed === 0;
  return (
    <Stack>
      <Alert
        role={counts.errors > 0 ? 'alert' : 'status'}
        color={counts.errors > 0 ? 'red' : 'genki'}
        variant="outline"
        title={say(
          counts.errors > 0 ? 'people.import.wrong' : nothing ? 'people.import.same' : 'people.import.ready',
        )}
      >
        {say('people.import.counts', counts)}
      </Alert>
      {errors.length > 0 && (
        <Block title={say('people.import.errors')}>
          <Table.ScrollContainer
            minWidth={500}
            tabIndex={0}
            role="region"
            aria-label={say('people.import.errors')}
          >
            <Table striped>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{say('people.import.line')}</Table.Th>
                  <Table.Th>{say('people.import.field')}</Table.Th>
                  <Table.Th>{say('people.import.what')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {errors.map(({ line, field, message }, index) => (
                  <Table.Tr key={index}>
                    <Table.Td>{line === 0 ? '－' : line}</Table.Td>
                    <Table.Td>{field}</Table.Td>
                    <Table.Td>{message}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </Block>
      )}
      {restored.length > 0 && (
        <Block title={say('people.import.restored')}>
          <List size="sm">
            {restored.map(({ line, field, from, to }) => (
              <List.Item key={`${line} ${field}`}>
                {say('people.import.nth', { line })} {field}: {from} → {to}
              </List.Item>
            ))}
          </List>
        </Block>
      )}
      {changed.length > 0 && (
        <Block title={say('people.import.changed', { count: counts.changed })}>
          <List size="sm">
            {changed.map(({ memberNumber, name, fields }) => (
              <List.Item key={memberNumber}>
                {memberNumber} {name}:{' '}
                {fields
                  .map(
                    ({ field, before, after }) =>
                      `${fieldName(field, say)} ${fieldInWords(field, before, say)} → ${fieldInWords(field, after, say)}`,
                  )
                  .join(' ／ ')}
              </List.Item>
            ))}
          </List>
        </Block>
      )}
      {added.length > 0 && (
        <Block title={say('people.import.added', { count: counts.added })}>
          <List size="sm">
            {added.map(({ line, memberNumber, name }) => (
              <List.Item key={memberNumber}>
                {say('people.import.nth', { line })} {memberNumber} {name}
              </List.Item>
            ))}
          </List>
        </Block>
      )}
      {counts.errors === 0 && !nothing && (
        <Group>
          <Button size="md" loading={isBusy} onClick={onTake}>
            {say('people.import.do', { count: counts.added + counts.changed })}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function Block({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <Title order={2} size="h5" mb="xs">
        {title}
      </Title>
      {children}
    </section>
  );
}

/** How far it is, until it is done. */
function Course({
  job,
  station,
  onNews,
}: {
  job: ImportJob;
  station: string;
  onNews: (job: ImportJob) => void;
}) {
  const { say } = useText();
  const { id, state, written, total } = job;
  useEffect(() => {
    if (state !== 'running') return;
    const timer = setInterval(() => {
      // An answer that does not come is asked for again.
      ask<ImportJob>('GET', `/subscribers/import/jobs/${id}?station=${station}`)
        .then(onNews)
        .catch(() => undefined);
    }, lookEveryMs);
    return () => clearInterval(timer);
  }, [id, state, station, onNews]);
  if (state === 'failed') {
    return (
      <Alert color="red" role="alert" variant="outline">
        {say('people.import.failed')}
      </Alert>
    );
  }
  if (state === 'done') {
    return (
      <Alert
        color="genki"
        role="status"
        variant="outline"
        title={say('people.import.done', { count: total })}
      >
        <Button component={Link} to="/subscribers" variant="default">
          {say('people.back')}
        </Button>
      </Alert>
    );
  }
  const percent = total === 0 ? 100 : Math.round((written / total) * 100);
  return (
    <div>
      <Text role="status">{say('people.import.running', { written, total })}</Text>
      <Progress value={percent} aria-label={say('people.import')} />
    </div>
  );
}
