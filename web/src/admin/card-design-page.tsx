import { Stack, Text, Title } from '@mantine/core';
import type { StoredList } from '../../../src/consultations/own-choice-store';
import { useMe } from '../api/me';
import type { CardChoices } from '../hotdesk/hotdesk';
import { AnswerView } from '../kit/answer-view';
import { PageFrame } from '../kit/page';
import { Section } from '../kit/section';
import { useAnswer } from '../kit/use-answer';
import { useText } from '../text/text';
import { ChoiceList } from './choice-list';
import { CountingRulesForm, type RulesAnswer } from './counting-rules-form';

/** What cards offer to choose from, and how consultations are counted. */
export function CardDesignPage() {
  const { say } = useText();
  const { state, may } = useMe();
  const mayEdit = may('cardDesign.edit');
  const organizationId = state.kind === 'in' ? state.me.organization?.id : undefined;
  const base = organizationId === undefined ? undefined : `/organizations/${organizationId}`;
  const design = useAnswer<{ lists: StoredList[] }>(base && `${base}/card-design`);
  const rules = useAnswer<RulesAnswer>(base && `${base}/counting-rules`);
  const words = useAnswer<CardChoices>(base && `${base}/card-choices`);
  if (base === undefined) return null;
  return (
    <PageFrame title={say('design.title')}>
      <Stack gap="md">
        <Text fw={700}>{say(mayEdit ? 'design.now' : 'design.readOnly')}</Text>
        <AnswerView of={rules}>
          {(answer) => (
            <Section title={say('design.rules')}>
              <AnswerView of={words}>
                {(choices) => (
                  <CountingRulesForm
                    key={answer.version}
                    base={base}
                    answer={answer}
                    words={choices}
                    mayEdit={mayEdit}
                    onSaved={rules.reload}
                  />
                )}
              </AnswerView>
            </Section>
          )}
        </AnswerView>
        <Title order={2} size="h4">
          {say('design.lists')}
        </Title>
        <Text size="sm">{say('design.lists.hint')}</Text>
        <AnswerView of={design}>
          {({ lists }) => (
            <Stack gap="md">
              {lists.map((stored) => (
                <Section key={stored.list} title={say(`design.list.${stored.list}`)}>
                  <ChoiceList
                    key={stored.version}
                    base={base}
                    stored={stored}
                    mayEdit={mayEdit}
                    onSaved={design.reload}
                  />
                </Section>
              ))}
            </Stack>
          )}
        </AnswerView>
      </Stack>
    </PageFrame>
  );
}
