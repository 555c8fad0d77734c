import { Alert, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ask } from '../api/client';
import { useAnswer } from '../kit/use-answer';
import { todayIn } from '../text/dates';
import { useText } from '../text/text';
import { CaseForm, optionsOf, type CaseFormProps } from './case-form';
import { readDay } from './field-values';
import { useHotdesk } from './hotdesk';

export interface DestinationAnswer {
  id: number;
  name: string;
  kind: string;
  phone: string;
  note: string;
}

/** To whom the case is passed on, what is told, and on whose word. */
export function ReferralForm({ path, choices, zone, onDone, onCancel }: CaseFormProps) {
  const { say } = useText();
  const { organizationId } = useHotdesk();
  const { answer } = useAnswer<DestinationAnswer[]>(`/organizations/${organizationId}/referral-destinations`);
  const [destination, setDestination] = useState('');
  const [told, setTold] = useState('');
  const [consent, setConsent] = useState('spoken');
  const [due, setDue] = useState('');
  const send = async (): Promise<void> => {
    await ask('POST', `${path}/referrals`, {
      destinationId: Number(destination),
      told,
      consent,
      askedOn: todayIn(zone),
      ...(due !== '' && { answerDueOn: readDay(due) ?? due }),
    });
    await onDone();
  };
  if (answer?.length === 0) return <Alert variant="outline">{say('case.noDestinations')}</Alert>;
  return (
    <CaseForm submit={say('case.addReferral')} send={send} onCancel={onCancel}>
      <NativeSelect
        label={say('refer.destination')}
        required
        value={destination}
        onChange={(event) => setDestination(event.currentTarget.value)}
        data={[
          { value: '', label: say('card.notChosen') },
          ...(answer ?? []).map(({ id, name, phone }) => ({ value: String(id), label: `${name} ${phone}` })),
        ]}
      />
      <Textarea
        label={say('refer.told')}
        required
        autosize
        minRows={2}
        value={told}
        onChange={(event) => setTold(event.currentTarget.value)}
      />
      <NativeSelect
        label={say('refer.consent')}
        value={consent}
        onChange={(event) => setConsent(event.currentTarget.value)}
        data={optionsOf(choices.choices.referralConsents)}
      />
      <TextInput
        label={say('refer.due')}
        placeholder={say('card.dateHint')}
        value={due}
        onChange={(event) => setDue(event.currentTarget.value)}
      />
    </CaseForm>
  );
}

/** What the destination said. */
export function AnswerForm({
  path,
  referralId,
  choices,
  zone,
  onDone,
  onCancel,
}: CaseFormProps & { referralId: number }) {
  const { say } = useText();
  const { organizationId } = useHotdesk();
  const [result, setResult] = useState('accepted');
  const [answer, setAnswer] = useState('');
  const send = async (): Promise<void> => {
    await ask('PUT', `/organizations/${organizationId}/referrals/${referralId}/answer`, {
      ...{ result, answer, answeredOn: todayIn(zone) },
    });
    await onDone();
  };
  return (
    <CaseForm key={path} submit={say('action.save')} send={send} onCancel={onCancel}>
      <NativeSelect
        label={say('refer.result')}
        value={result}
        onChange={(event) => setResult(event.currentTarget.value)}
        data={optionsOf(choices.choices.referralResults)}
      />
      <Textarea
        label={say('refer.answer')}
        autosize
        minRows={2}
        value={answer}
        onChange={(event) => setAnswer(event.currentTarget.value)}
      />
    </CaseForm>
  );
}
