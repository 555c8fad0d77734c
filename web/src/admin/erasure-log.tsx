import { Button, Stack, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { ask } from '../api/client';
import { AnswerView } from '../kit/answer-view';
import { useAction } from '../kit/use-action';
import { useAnswer } from '../kit/use-answer';
import { dayOf, timeOfDay } from '../text/moments';
import { useText } from '../text/text';
import type { LoggedErasure } from './retention-data';

interface Page {
  entries: LoggedErasure[];
  before?: number;
}

/** What was erased when: numbers only. */
export function ErasureLog({ path, zone }: { path: string; zone: string }) {
  const { say, language } = useText();
  const first = useAnswer<Page>(`${path}/erasures`);
  const [older, setOlder] = useState<Page[]>([]);
  const pages = [...(first.answer ? [first.answer] : []), ...older];
  const before = pages.at(-1)?.before;
  const more = useAction(async () => {
    const page = await ask<Page>('GET', `${path}/erasures?before=${before}`);
    setOlder((now) => [...now, page]);
  });
  const entries = pages.flatMap((page) => page.entries);
  return (
    <Stack component="section" aria-label={say('retention.log')} gap="sm">
      <Title order={2} size="h4">
        {say('retention.log')}
      </Title>
      <AnswerView of={first}>
        {() =>
          entries.length === 0 ? (
            <Text>{say('retention.log.none')}</Text>
          ) : (
            <Table>
              <Table.Thead>
                <Table.Tr>
                  {(['at', 'kind', 'count', 'cause'] as const).map((column) => (
                    <Table.Th key={column} scope="col">
                      {say(`retention.log.${column}`)}
                    </Table.Th>
                  ))}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {entries.map(({ id, at, kind, count, cause }) => (
                  <Table.Tr key={id} data-testid="erasure">
                    <Table.Td>
                      {dayOf(new Date(at), zone, language)} {timeOfDay(new Date(at), zone, language)}
                    </Table.Td>
                    <Table.Td>{say(`retention.kind.${kind}`)}</Table.Td>
                    <Table.Td>{say('retention.items', { count })}</Table.Td>
                    <Table.Td>{say(`retention.cause.${cause}`)}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )
        }
      </AnswerView>
      {before !== undefined && (
        <Button variant="default" loading={more.isBusy} onClick={() => void more.run()}>
          {say('list.more')}
        </Button>
      )}
    </Stack>
  );
}
