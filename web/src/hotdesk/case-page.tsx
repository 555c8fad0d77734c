import { Text } from '@mantine/core';
import { useParams } from 'react-router';
import { AnswerView } from '../kit/answer-view';
import { PageFrame } from '../kit/page';
import { useAnswer } from '../kit/use-answer';
import { useText } from '../text/text';
import { CaseWork, type CaseAnswer } from './case-panel';
import { useHotdesk } from './hotdesk';
import classes from './hotdesk.module.css';

/** One case by itself: whom it is about, all that happened, and what can be added. */
export function CasePage() {
  const { say } = useText();
  const { organizationId, choices, desk } = useHotdesk();
  const id = Number(useParams().id);
  const found = useAnswer<CaseAnswer>(`/organizations/${organizationId}/cases/${id}`);
  const names = found.answer?.persons.flatMap(({ content }) => content.name ?? []) ?? [];
  return (
    <PageFrame title={say('case.numbered', { id })}>
      {names.length > 0 && <Text mb="sm">{names.map((name) => say('people.san', { name })).join('　')}</Text>}
      <section className={classes.section}>
        {choices && desk ? (
          <CaseWork {...{ caseId: id, found, choices, zone: desk.timeZone }} />
        ) : (
          <AnswerView of={found}>{(answer) => <Text fw={700}>{answer.title}</Text>}</AnswerView>
        )}
      </section>
    </PageFrame>
  );
}
