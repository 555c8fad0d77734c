import {
  Alert,
  Anchor,
  Button,
  Checkbox,
  Group,
  NativeSelect,
  Stack,
  Table,
  Text,
  TextInput,
} from '@mantine/core';
import { useCallback, useEffect, useRef, useState, type SyntheticEvent } from 'react';
import { Link } from 'react-router';
import { ask } from '../api/client';
import { useMe } from '../api/me';
import { AnswerView } from '../kit/answer-view';
import { PageFrame } from '../kit/page';
import { ReasonGate } from '../kit/reason-gate';
import { useAnswer, type Answered } from '../kit/use-answer';
import { dayNear } from '../text/dates';
import { useText } from '../text/text';
import { ExportButton } from './export-button';
import styles from './people.module.css';
import type { Page, Station } from './types';
import { planInWords, stateInWords } from './words-of';

/** Everybody who is called, and the way to each of them. */
export function PeoplePage() {
  const { say } = useText();
  const { may } = useMe();
  const stations = useAnswer<Station[]>('/stations');
  return (
    <PageFrame
      title={say('people.title')}
      wide
      actions={
        <>
          {may('subscriber.edit') && (
            <Button component={Link} to="/subscribers/new">
              {say('people.new')}
            </Button>
          )}
          {may('subscriber.import') && (
            <Button component={Link} to="/subscribers/import" variant="default">
              {say('people.import')}
            </Button>
          )}
        </>
      }
    >
      <ReasonGate>
        {(reason) => (
          <AnswerView of={stations}>{(list) => <PeopleList stations={list} reason={reason} />}</AnswerView>
        )}
      </ReasonGate>
    </PageFrame>
  );
}

interface Wish {
  text: string;
  station: string;
  paused: boolean;
  withdrawn: boolean;
}

/** Names and numbers are searched for in a body: addresses are logged in many places. */
function useSearch(wish: Wish, stations: readonly Station[], reason: string | undefined) {
  const [found, setFound] = useState<{ page?: Page; failure?: unknown; at?: Date }>({});
  const [isLoading, setLoading] = useState(true);
  const latest = useRef(0);
  const { text, station, paused, withdrawn } = wish;
  const organization = (stations.find(({ id }) => String(id) === station) ?? stations[0])?.organizationId;
  const load = useCallback(
    async (after?: number): Promise<void> => {
      const question = ++latest.current;
      try {
        const page = await ask<Page>(
          'POST',
          '/subscribers/search',
          {
            text,
            ...(station !== '' && { station }),
            ...(organization !== undefined && { organization: String(organization) }),
            paused: paused ? '1' : '0',
            withdrawn: withdrawn ? '1' : '0',
            ...(after !== undefined && { after }),
          },
          reason,
        );
        if (question !== latest.current) return;
        setFound((before) => ({
          at: new Date(),
          page:
            after === undefined
              ? page
              : { ...page, people: [...(before.page?.people ?? []), ...page.people] },
        }));
      } catch (failure) {
        if (question === latest.current) setFound((before) => ({ ...before, failure }));
      } finally {
        if (question === latest.current) setLoading(false);
      }
    },
    [text, station, organization, paused, withdrawn, reason],
  );
  useEffect(() => {
    const timer = setTimeout(() => void load(), 250);
    return () => clearTimeout(timer);
  }, [load]);
  const answered: Answered<Page> = {
    answer: found.page,
    at: found.at,
    failure: found.failure,
    isLoading: isLoading && found.page === undefined,
    reload: () => load(),
    replace: (page) => setFound({ page }),
  };
  return { answered, more: load };
}

function PeopleList({ stations, reason }: { stations: readonly Station[]; reason: string | undefined }) {
  const { say, language } = useText();
  const { may } = useMe();
  const [wish, setWish] = useState<Wish>({ text: '', station: '', paused: false, withdrawn: false });
  const { answered, more } = useSearch(wish, stations, reason);
  const change = (some: Partial<Wish>): void => setWish((now) => ({ ...now, ...some }));
  const stationName = (id: number): string => stations.find((station) => station.id === id)?.name ?? '';
  const isWished = wish.text !== '' || wish.paused || wish.station !== '';
  return (
    <Stack>
      <form
        role="search"
        onSubmit={(event: SyntheticEvent) => {
          event.preventDefault();
          void answered.reload();
        }}
      >
        <Group align="flex-end" gap="sm">
          <TextInput
            label={say('people.search')}
            description={say('people.search.hint')}
            value={wish.text}
            onChange={(event) => change({ text: event.currentTarget.value })}
            type="search"
            autoComplete="off"
            w="22rem"
            maw="100%"
            maxLength={100}
          />
          {stations.length > 1 && (
            <NativeSelect
              label={say('people.station')}
              value={wish.station}
              onChange={(event) => change({ station: event.currentTarget.value })}
              data={[
                { value: '', label: say('people.station.all') },
                ...stations.map(({ id, name }) => ({ value: String(id), label: name })),
              ]}
            />
          )}
          <Checkbox
            label={say('people.onlyPaused')}
            checked={wish.paused}
            onChange={(event) => change({ paused: event.currentTarget.checked })}
            mb="xs"
          />
          <Checkbox
            label={say('people.withWithdrawn')}
            checked={wish.withdrawn}
            onChange={(event) => change({ withdrawn: event.currentTarget.checked })}
            mb="xs"
          />
          {may('subscriber.export') && <ExportButton stations={stations} />}
        </Group>
      </form>
      <AnswerView of={answered}>
        {(page) => (
          <>
            {page.endingSoon.length > 0 && (
              <Alert variant="outline" color="yellow" title={say('people.endingSoon')}>
                {page.endingSoon.map(({ id, name, untilOn }) => (
                  <Text key={id} size="sm">
                    <Anchor component={Link} to={`/subscribers/${id}`} underline="always">
                      {name}
                    </Anchor>
                    {`：${say('people.paused.until', { day: dayNear(untilOn, page.today, language) })}`}
                  </Text>
                ))}
              </Alert>
            )}
            <Text role="status">{say('people.count', { count: page.total })}</Text>
            {page.people.length === 0 ? (
              <Text>{say(isWished ? 'people.noneFound' : 'people.none')}</Text>
            ) : (
              <Table.ScrollContainer minWidth={0} tabIndex={0} role="region" aria-label={say('people.title')}>
                <Table striped verticalSpacing="xs" className={styles.stack}>
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>{say('people.name')}</Table.Th>
                      <Table.Th>{say('people.memberNumber')}</Table.Th>
                      {stations.length > 1 && <Table.Th>{say('people.station')}</Table.Th>}
                      <Table.Th>{say('people.plan')}</Table.Th>
                      <Table.Th>{say('people.last')}</Table.Th>
                      <Table.Th>{say('people.now')}</Table.Th>
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {page.people.map((person) => (
                      <Table.Tr key={person.id}>
                        <Table.Td>
                          <Anchor
                            component={Link}
                            to={`/subscribers/${person.id}`}
                            underline="always"
                            fw={700}
                          >
                            {person.name}
                          </Anchor>
                          <Text size="sm" c="var(--dim)">
                            {person.kana}
                          </Text>
                        </Table.Td>
                        <Table.Td data-label={say('people.memberNumber')}>{person.memberNumber}</Table.Td>
                        {stations.length > 1 && (
                          <Table.Td data-label={say('people.station')}>
                            {stationName(person.stationId)}
                          </Table.Td>
                        )}
                        <Table.Td data-label={say('people.plan')}>
                          {person.plan ? planInWords(person.plan, say) : say('people.nothing')}
                        </Table.Td>
                        <Table.Td data-label={say('people.last')}>
                          {person.last ? (
                            <LastState {...person.last} today={page.today} />
                          ) : (
                            say('people.notYet')
                          )}
                        </Table.Td>
                        <Table.Td data-label={say('people.now')}>
                          <Now person={person} today={page.today} />
                        </Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              </Table.ScrollContainer>
            )}
            {page.after !== undefined && (
              <Group>
                <Button variant="default" onClick={() => void more(page.after)}>
                  {say('list.more')}
                </Button>
              </Group>
            )}
          </>
        )}
      </AnswerView>
    </Stack>
  );
}

function LastState({ dueOn, state, today }: { dueOn: string; state: string; today: string }) {
  const { say, language } = useText();
  const { sign, word, color } = stateInWords(state, say);
  return (
    <Text span size="sm" c={color}>
      {sign} {word}
      <Text span size="sm" c="var(--dim)">{`　${dayNear(dueOn, today, language)}`}</Text>
    </Text>
  );
}

function Now({ person, today }: { person: Page['people'][number]; today: string }) {
  const { say, language } = useText();
  const { pause, withdrawn } = person;
  if (withdrawn)
    return (
      <Text span size="sm">
        － {say('people.withdrawn')}
      </Text>
    );
  if (!pause)
    return (
      <Text span size="sm">
        {say('people.active')}
      </Text>
    );
  const day = dayNear(pause.fromOn <= today ? pause.untilOn : pause.fromOn, today, language);
  return (
    <Text span size="sm">
      {`‖ ${say(pause.fromOn <= today ? 'people.paused.until' : 'people.paused.from', { day })}`}
    </Text>
  );
}
