import { Paper, Stack, Table, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Versions } from '../../../src/http/health-router';
import type { Watched } from '../../../src/watch/watched';
import { AnswerView } from '../kit/answer-view';
import { PageFrame } from '../kit/page';
import { StateBox, StateWord } from '../kit/state-box';
import { useAnswer } from '../kit/use-answer';
import { lengthOf, momentOf, timeOfDay } from '../text/moments';
import { useText } from '../text/text';

type WatchedRow = Omit<Watched, 'since'> & { since: string };

interface HealthAnswer {
  at: string;
  lookedAt?: string;
  states: WatchedRow[];
  versions?: Partial<Versions>;
}

const everyMs = 10_000;
/** Looked at once a minute: what is older was not looked at. */
const oldMs = 180_000;
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const versionNames = ['program', 'node', 'exchange', 'database', 'schema'] as const;

/** What the service hangs on: first what is to be mended, and how. */
export function HealthPage() {
  const { say } = useText();
  const health = useAnswer<HealthAnswer>('/health', { everyMs });
  return (
    <PageFrame title={say('health.title')}>
      <AnswerView of={health}>
        {(answer) => {
          const toMend = answer.states.filter(({ state }) => state !== 'good');
          const well = answer.states.filter(({ state }) => state === 'good');
          return (
            <Stack gap="lg">
              <Summary answer={answer} toMend={toMend.length} />
              {toMend.length > 0 && (
                <Section title={say('health.mend')}>
                  {toMend.map((one) => (
                    <ToMend key={one.code} one={one} />
                  ))}
                </Section>
              )}
              {well.length > 0 && (
                <Section title={say('health.well')}>
                  <Well rows={well} />
                </Section>
              )}
              <VersionsSection versions={answer.versions} />
            </Stack>
          );
        }}
      </AnswerView>
    </PageFrame>
  );
}

function Summary({ answer: { at, lookedAt }, toMend }: { answer: HealthAnswer; toMend: number }) {
  const { say, language } = useText();
  if (lookedAt === undefined) return <Text role="status">{say('health.notYet')}</Text>;
  const ageMs = Date.parse(at) - Date.parse(lookedAt);
  return (
    <Stack gap={4}>
      <Text fw={700} role="status">
        {toMend === 0 ? say('health.allGood') : say('health.some', { count: toMend })}
      </Text>
      <Text size="sm">
        {ageMs > oldMs
          ? say('health.old', { length: lengthOf(ageMs, language) })
          : say('health.lookedAt', { time: timeOfDay(new Date(lookedAt), zone, language) })}
      </Text>
      {toMend > 0 && <Text size="sm">{say('health.calls')}</Text>}
    </Stack>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper withBorder p="md" component="section" aria-label={title}>
      <Stack gap="sm">
        <Title order={2} size="h4">
          {title}
        </Title>
        {children}
      </Stack>
    </Paper>
  );
}

function ToMend({ one: { what, state, said, mend, since } }: { one: WatchedRow }) {
  const { say, language } = useText();
  const when = momentOf(new Date(since), new Date(), zone, language);
  return (
    <StateBox look={state} title={`${say(`trunk.${state}`)}: ${what}`} testId="watched">
      <Text>
        {said}（{say('health.since', { when })}）
      </Text>
      {mend !== '' && (
        <Text mt={4}>
          <b>{say('health.todo')}</b> {mend}
        </Text>
      )}
    </StateBox>
  );
}

function Well({ rows }: { rows: readonly WatchedRow[] }) {
  const { say } = useText();
  return (
    <Table>
      <Table.Tbody>
        {rows.map(({ code, what, said }) => (
          <Table.Tr key={code}>
            <Table.Th scope="row" w="45%">
              {what}
            </Table.Th>
            <Table.Td className="as-written">
              <StateWord look="good">{say('trunk.good')}</StateWord> {said}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function VersionsSection({ versions }: { versions: Partial<Versions> | undefined }) {
  const { say } = useText();
  return (
    <Section title={say('health.versions')}>
      <Table>
        <Table.Tbody>
          {versionNames.map((name) => (
            <Table.Tr key={name}>
              <Table.Th scope="row" w="45%">
                {say(`health.${name}`)}
              </Table.Th>
              <Table.Td className="as-written">{versions?.[name] ?? say('health.unknown')}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  );
}
