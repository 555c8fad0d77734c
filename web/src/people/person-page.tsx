import { Alert, Anchor, Group, List, Paper, Stack, Table, Text } from '@mantine/core';
import { Link, useParams } from 'react-router';
import { useMe } from '../api/me';
import { AnswerView } from '../kit/answer-view';
import { PageFrame } from '../kit/page';
import { ReasonGate } from '../kit/reason-gate';
import { Section } from '../kit/section';
import { useAnswer } from '../kit/use-answer';
import { dayInWords } from '../text/dates';
import { momentOf } from '../text/moments';
import { inGroups } from '../text/phone-number';
import { useText } from '../text/text';
import { Contacts } from './contacts';
import { ErasureSection } from './erasure';
import { bothYears } from './fields';
import { HistorySection } from './history';
import { Move } from './move';
import { EditablePart } from './part-editor';
import { Pauses } from './pauses';
import { TestCall } from './test-call';
import type { Person } from './types';
import { useEditors } from './use-editors';
import { Withdrawal } from './withdrawal';
import { fieldInWords, fieldName, outcomeInWords, planInWords, stateInWords } from './words-of';

/** One person: how they are, and everything that is known, to be changed in its place. */
export function PersonPage() {
  const { id = '' } = useParams();
  return <ReasonGate>{(reason) => <OnePerson key={id} id={Number(id)} reason={reason} />}</ReasonGate>;
}

function OnePerson({ id, reason }: { id: number; reason: string | undefined }) {
  const { say } = useText();
  const record = useAnswer<Person>(`/subscribers/${id}`, { reason });
  return (
    <PageFrame title={record.answer?.person.name ?? say('people.one')}>
      <Anchor component={Link} to="/subscribers" underline="always" size="sm">
        ← {say('people.back')}
      </Anchor>
      <AnswerView of={record}>
        {(person) => <Sections record={person} reload={record.reload} reason={reason} />}
      </AnswerView>
    </PageFrame>
  );
}

export interface SectionProps {
  record: Person;
  /** After something was changed. */
  reload: () => Promise<void>;
  mayEdit: boolean;
}

function Sections({
  record,
  reload,
  reason,
}: {
  record: Person;
  reload: () => Promise<void>;
  reason: string | undefined;
}) {
  const { say } = useText();
  const { may } = useMe();
  const mayEdit = may('subscriber.edit');
  const others = useEditors(record.id, mayEdit);
  const props = { record, reload, mayEdit };
  const { person } = record;
  return (
    <Stack gap="md" mt="sm">
      {others.length > 0 && (
        <Alert variant="outline" color="yellow" role="status">
          {say('people.others', { names: others.map((name) => say('people.san', { name })).join('、') })}
        </Alert>
      )}
      <Text>
        {person.kana} ・ {say('people.memberNumber')} {person.memberNumber} ・ {record.stationName}
      </Text>
      <Section title={say('people.glance')}>
        <Glance record={record} />
      </Section>
      <Section title={say('people.step.who')}>
        <EditablePart {...props} part="data">
          <Facts
            facts={[
              ['people.name', person.name],
              ['people.kana', person.kana],
              ['people.memberNumber', person.memberNumber],
              ['people.birthDate', person.birthDate === undefined ? undefined : bothYears(person.birthDate)],
              ['people.enrolledOn', bothYears(person.enrolledOn)],
            ]}
          />
        </EditablePart>
        <Withdrawal {...props} />
        <Move {...props} />
      </Section>
      <Section title={say('people.step.number')}>
        <EditablePart {...props} part="numbers">
          <List type="ordered">
            {person.phones.map(({ number, toneProfile }) => (
              <List.Item key={number}>
                {inGroups(number)}（{say(`people.tone.${toneProfile}`)}）
              </List.Item>
            ))}
          </List>
        </EditablePart>
        {mayEdit && <TestCall record={record} onEnd={reload} />}
      </Section>
      <Section title={say('people.plan')}>
        <EditablePart {...props} part="plan">
          <Text>
            {planInWords(person.plan, say)}（{fieldInWords('policyPreset', person.policyPreset, say)}・
            {fieldInWords('speechRate', person.speechRate, say)}・
            {say('people.ringSeconds.short', { count: person.ringSeconds })}）
          </Text>
        </EditablePart>
      </Section>
      <Section title={say('people.pauses')}>
        <Pauses {...props} />
      </Section>
      <Section title={say('people.contacts')}>
        <Contacts {...props} />
      </Section>
      <Section title={say('people.notes')}>
        <EditablePart {...props} part="notes">
          <Text className="as-written">{person.notes === '' ? say('people.notes.none') : person.notes}</Text>
        </EditablePart>
      </Section>
      <Section title={say('people.history')}>
        <HistorySection record={record} reason={reason} />
      </Section>
      <Section title={say('people.changes')}>
        <Changes record={record} />
      </Section>
      {may('subscriber.erase') && (
        <Section title={say('erasure.title')}>
          <ErasureSection {...props} reason={reason} />
        </Section>
      )}
    </Stack>
  );
}

function Facts({
  facts,
}: {
  facts: [key: Parameters<ReturnType<typeof useText>['say']>[0], value: string | undefined][];
}) {
  const { say } = useText();
  return (
    <Table withRowBorders={false} verticalSpacing={4} variant="vertical" layout="auto">
      <Table.Tbody>
        {facts.map(([key, value]) => (
          <Table.Tr key={key}>
            <Table.Th w={{ base: '6.5rem', xs: '12rem' }}>{say(key)}</Table.Th>
            <Table.Td>{value ?? say('people.nothing')}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** The last eight weeks: every check-in as a word, the newest first, and the last calls. */
function Glance({ record }: { record: Person }) {
  const { say, language } = useText();
  const { checkIns, attempts, timeZone } = record;
  if (checkIns.length === 0) return <Text>{say('people.glance.none')}</Text>;
  const shown = checkIns.slice(0, 14);
  const well = checkIns.filter(({ state }) => state === 'ok').length;
  return (
    <>
      <Text>{say('people.glance.sum', { all: checkIns.length, well })}</Text>
      <Group gap="xs" component="ul" className="plain-list">
        {shown.map(({ id, dueOn, state }) => {
          const { sign, word, color } = stateInWords(state, say);
          return (
            <Paper key={id} withBorder px="xs" py={4} component="li">
              <Text size="sm">{dayInWords(dueOn, language, 'western').replace(/^\d+年/, '')}</Text>
              <Text size="sm" fw={700} c={color}>
                {sign} {word}
              </Text>
            </Paper>
          );
        })}
      </Group>
      {attempts.length > 0 && (
        <Text size="sm">
          {say('people.lastCalls')}{' '}
          {attempts
            .slice(0, 3)
            .map(
              ({ at, outcome }) =>
                `${momentOf(new Date(at), new Date(), timeZone, language)} ${outcomeInWords(outcome, say)}`,
            )
            .join(' ／ ')}
        </Text>
      )}
    </>
  );
}

function Changes({ record }: { record: Person }) {
  const { say, language } = useText();
  if (record.changes.length === 0) return <Text>{say('people.changes.none')}</Text>;
  return (
    <List spacing="xs">
      {record.changes.map(({ id, at, by, kind, fields }) => (
        <List.Item key={id}>
          <Text size="sm">
            {momentOf(new Date(at), new Date(), record.timeZone, language)} ・{' '}
            {by === undefined ? say('people.changes.terminal') : say('people.san', { name: by })} ・{' '}
            {say(`people.change.${kind}`)}
          </Text>
          {kind !== 'contacts' &&
            fields.map(({ field, before, after }) => (
              <Text key={field} size="sm" c="var(--dim)" className="as-written">
                {fieldName(field, say)}: {fieldInWords(field, before, say)} →{' '}
                {fieldInWords(field, after, say)}
              </Text>
            ))}
        </List.Item>
      ))}
    </List>
  );
}
