import { Text } from '@mantine/core';
import { useParams } from 'react-router';
import { AnswerView } from '../kit/answer-view';
import { PageFrame } from '../kit/page';
import { useAnswer } from '../kit/use-answer';
import { useText } from '../text/text';
import type { CaseAnswer } from './case-panel';
import { CaseTimeline } from './case-timeline';
import { useHotdesk } from './hotdesk';

/** One case by itself: whom it is about, and all that happened. */
export function CasePage() {
  const { say } = useText();
  const { organizationId, choices, desk } = useHotdesk();
  const found = useAnswer<CaseAnswer>(`/organizations/${organizationId}/cases/${Number(useParams().id)}`);
  return (
    <PageFrame title={say('case.title')}>
      <AnswerView of={found}>
        {(answer) => (
          <>
            <Text fw={700} size="lg">
              {answer.title}
            </Text>
            <Text mb="sm">{answer.persons.map(({ content }) => content.name ?? '').join('　')}</Text>
            {choices && desk && (
              <CaseTimeline {...{ answer, choices, zone: desk.timeZone }} onChanged={found.reload} />
            )}
          </>
        )}
      </AnswerView>
    </PageFrame>
  );
}
