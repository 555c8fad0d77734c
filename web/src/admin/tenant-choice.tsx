import { Select } from '@mantine/core';
import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { useMe } from '../api/me';
import { AnswerView } from '../kit/answer-view';
import { useAnswer } from '../kit/use-answer';
import { useText } from '../text/text';

export interface Tenant {
  id: number;
  name: string;
}

/** One's own tenant; for the operator the one that is chosen, with the choice to put on the page. */
export function ForTenant({ children }: { children: (tenant: Tenant, choice: ReactNode) => ReactNode }) {
  const { say } = useText();
  const { state } = useMe();
  const [parameters, setParameters] = useSearchParams();
  const own = state.kind === 'in' ? state.me.organization : undefined;
  const all = useAnswer<Tenant[]>(own ? undefined : '/tenants');
  if (own) return children(own, null);
  return (
    <AnswerView of={all}>
      {(tenants) => {
        const chosen = tenants.find(({ id }) => String(id) === parameters.get('tenant')) ?? tenants[0];
        if (!chosen) return <p>{say('tenants.none')}</p>;
        const choice = (
          <Select
            label={say('tenants.one')}
            data={tenants.map(({ id, name }) => ({ value: String(id), label: name }))}
            value={String(chosen.id)}
            onChange={(id) => setParameters(id === null ? {} : { tenant: id }, { replace: true })}
            allowDeselect={false}
          />
        );
        return children(chosen, choice);
      }}
    </AnswerView>
  );
}
