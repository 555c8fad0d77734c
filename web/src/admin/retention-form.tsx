import { Alert, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ask } from '../api/client';
import { FormModal } from '../kit/form-modal';
import { useNotices } from '../kit/notices';
import { useAction } from '../kit/use-action';
import { useForm } from '../kit/use-form';
import { useText } from '../text/text';
import { lengthInWords, type RetentionRule } from './retention-data';

/** How many months one kind of record is kept. */
export function RetentionForm({
  rule,
  path,
  onClose,
  onSaved,
}: {
  rule: RetentionRule;
  /** Where the tenant's rules are, or the service's own. */
  path: string;
  onClose: () => void;
  onSaved: () => Promise<void>;
}) {
  const { say } = useText();
  const { tell } = useNotices();
  const [text, setText] = useState(String(rule.months));
  const [isBad, setBad] = useState(false);
  const { least, most } = rule;
  const put = (months: number, version: number): Promise<{ version: number }> =>
    ask('PUT', `${path}/${rule.kind}`, { months, version });
  const undo = useAction(async (version: number) => {
    await put(rule.months, version);
    await onSaved();
  });
  // As people type it: full-width digits too.
  const months = Number(text.normalize('NFKC').trim() || 'none');
  const form = useForm(
    async () => {
      const isGood = Number.isInteger(months) && months >= least && months <= most;
      setBad(!isGood);
      if (!isGood) return;
      const { version } = await put(months, rule.version);
      tell(say('action.saved'), () => void undo.run(version));
      await onSaved();
    },
    { months: ['monthsOutOfBounds'] },
  );
  const bad = isBad ? say('retention.months.bad', { least, most }) : form.errorAt('months');
  return (
    <FormModal
      title={say('retention.changeOf', { rule: say(`retention.kind.${rule.kind}`) })}
      submit={say('retention.save')}
      form={form}
      onClose={onClose}
    >
      <Text>{say(`retention.about.${rule.kind}`)}</Text>
      <TextInput
        label={say('retention.months')}
        description={`${say('retention.months.hint', { least, most })} ・ ${
          Number.isInteger(months) ? lengthInWords(months, say) : ''
        }`}
        descriptionProps={{ c: 'var(--dim)' }}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        inputMode="numeric"
        autoComplete="off"
        maxLength={4}
        required
        data-autofocus
        error={bad}
      />
      {months < rule.months && (
        <Alert variant="outline" color="orange" role="status">
          {say('retention.shorter')}
        </Alert>
      )}
    </FormModal>
  );
}
