import { Alert, Button, Group, List, Stack, Table, Text, Title } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/client';
import { useMe } from '../api/me';
import { AnswerView } from '../kit/answer-view';
import { PageFrame } from '../kit/page';
import { useAction } from '../kit/use-action';
import { useAnswer } from '../kit/use-answer';
import { dayInWords } from '../text/dates';
import { dayOf, timeOfDay } from '../text/moments';
import { useText } from '../text/text';
import { ErasureLog } from './erasure-log';
import {
  lengthInWords,
  type PreviewCounts,
  type RetentionAnswer,
  type RetentionRule,
} from './retention-data';
import { RetentionForm } from './retention-form';
import classes from './retention.module.css';
import { ForTenant, type Tenant } from './tenant-choice';

/** How long what is known of people is kept, and what was erased. */
export function RetentionPage() {
  return (
    <ForTenant>
      {(tenant, choice) => <RetentionOf key={tenant.id} tenant={tenant} choice={choice} />}
    </ForTenant>
  );
}

function RetentionOf({ tenant, choice }: { tenant: Tenant; choice: ReactNode }) {
  const { say, language } = useText();
  const { may, state } = useMe();
  const path = `/organizations/${tenant.id}`;
  const answer = useAnswer<RetentionAnswer>(`${path}/retention`);
  const [counts, setCounts] = useState<PreviewCounts>();
  const [edited, setEdited] = useState<RetentionRule>();
  const isOperator = state.kind === 'in' && state.me.user.role === 'operator';
  const mayChange = (rule: RetentionRule): boolean =>
    may('retention.edit') && (isOperator || !rule.ofService);
  const preview = useAction(async () => {
    setCounts((await ask<{ counts: PreviewCounts }>('GET', `${path}/retention/preview`)).counts);
  });
  const sum = Object.values(counts ?? {}).reduce((all, count) => all + count, 0);
  return (
    <PageFrame title={say('retention.title')}>
      <Stack>
        {choice}
        <Text>{say('retention.now')}</Text>
        <AnswerView of={answer}>
          {({ rules, nextRun, timeZone, marked }) => {
            const next = new Date(nextRun);
            const moment = `${dayOf(next, timeZone, language)} ${timeOfDay(next, timeZone, language)}`;
            return (
              <>
                <Text fw={700}>{say('retention.next', { moment })}</Text>
                {marked > 0 && (
                  <Alert variant="outline" color="yellow">
                    {say('retention.marked', { count: marked })}
                  </Alert>
                )}
                <Group gap="sm">
                  <Button variant="default" loading={preview.isBusy} onClick={() => void preview.run()}>
                    {say('retention.preview')}
                  </Button>
                  <Text role="status">
                    {counts === undefined
                      ? say('retention.preview.hint')
                      : say('retention.preview.done', { count: sum })}
                  </Text>
                </Group>
                <RuleTable rules={rules} counts={counts} mayChange={mayChange} onChange={setEdited} />
              </>
            );
          }}
        </AnswerView>
        <Title order={2} size="h4">
          {say('retention.fixed')}
        </Title>
        <List>
          {(['recordings', 'drafts', 'imports'] as const).map((one) => (
            <List.Item key={one}>{say(`retention.fixed.${one}`)}</List.Item>
          ))}
        </List>
        <ErasureLog path={path} zone={answer.answer?.timeZone ?? 'Asia/Tokyo'} />
      </Stack>
      {edited && (
        <RetentionForm
          rule={edited}
          path={edited.ofService ? '/retention' : `${path}/retention`}
          onClose={() => setEdited(undefined)}
          onSaved={async () => {
            setEdited(undefined);
            setCounts(undefined);
            await answer.reload();
          }}
        />
      )}
    </PageFrame>
  );
}

function RuleTable({
  rules,
  counts,
  mayChange,
  onChange,
}: {
  rules: readonly RetentionRule[];
  counts: PreviewCounts | undefined;
  mayChange: (rule: RetentionRule) => boolean;
  onChange: (rule: RetentionRule) => void;
}) {
  const { say, language } = useText();
  // Roles in so many words: on narrow screens the rows are blocks, and would be no table to who listens.
  return (
    <Table className={classes.table} aria-label={say('retention.rules')} role="table">
      <Table.Thead role="rowgroup">
        <Table.Tr role="row">
          {(['what', 'months', 'count', 'action'] as const).map((column) => (
            <Table.Th key={column} role="columnheader" scope="col">
              {say(`retention.column.${column}`)}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody role="rowgroup">
        {rules.map((rule) => {
          const { kind, months, keptFrom, ofService } = rule;
          const name = say(`retention.kind.${kind}`);
          const count = counts?.[kind];
          return (
            <Table.Tr key={kind} role="row" data-testid={`rule-${kind}`}>
              <Table.Th role="rowheader" scope="row">
                <Text fw={700}>{name}</Text>
                <Text size="sm" fw={400}>
                  {say(`retention.about.${kind}`)}
                </Text>
                {ofService && (
                  <Text size="sm" fw={400} c="var(--dim)">
                    {say('retention.ofService')}
                  </Text>
                )}
              </Table.Th>
              <Table.Td role="cell">
                <Text>
                  {say(`retention.event.${kind}`)}{' '}
                  <Text span fw={700}>
                    {lengthInWords(months, say)}
                  </Text>
                </Text>
                <Text size="sm" c="var(--dim)">
                  {say('retention.keptFrom', { day: dayInWords(keptFrom, language, 'western', false) })}
                </Text>
              </Table.Td>
              <Table.Td role="cell">
                <span className={classes.label}>{say('retention.column.count')}: </span>
                {count === undefined ? say('retention.notCounted') : say('retention.items', { count })}
              </Table.Td>
              <Table.Td role="cell">
                {mayChange(rule) && (
                  <Button
                    variant="default"
                    aria-label={say('retention.changeOf', { rule: name })}
                    onClick={() => onChange(rule)}
                  >
                    {say('retention.change')}
                  </Button>
                )}
              </Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}
