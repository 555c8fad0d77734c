import { Button } from '@mantine/core';
import { useCallback } from 'react';
import { ask } from '../api/client';
import { useNotices } from '../kit/notices';
import { PageFrame } from '../kit/page';
import { useAction } from '../kit/use-action';
import { useText } from '../text/text';
import { CallsToday } from './calls-today';
import { CounsellorTable } from './counsellor-table';
import { useHotdesk } from './hotdesk';
import { KpisToday } from './kpis-today';
import { NowLine } from './now-line';
import { OwnState } from './own-state';
import { useTasks } from './use-tasks';
import { WaitingCallers } from './waiting-callers';

/** What a supervisor looks after: the callers who wait, the counsellors, today's figures and calls. */
export function SupervisePage() {
  const { say } = useText();
  const { tell } = useNotices();
  const { desk } = useHotdesk();
  const tasks = useTasks();
  const extension = desk?.own?.extension;
  const { run: pull } = useAction(
    useCallback(
      async (callId: string) => {
        if (extension === undefined) return;
        await ask('POST', `/hotline/supervisors/${extension}/pull`, { callId });
        tell(say('super.pulled'));
      },
      [extension, tell, say],
    ),
  );
  return (
    <PageFrame title={say('super.title')} wide>
      <NowLine tasks={tasks.answer ?? []} />
      <WaitingCallers
        action={({ callId }) =>
          extension !== undefined && (
            <Button size="compact-md" variant="default" ml="sm" onClick={() => void pull(callId)}>
              {say('super.pull')}
            </Button>
          )
        }
      />
      <CounsellorTable />
      {extension !== undefined && <OwnState />}
      <KpisToday />
      <CallsToday />
    </PageFrame>
  );
}
