import { Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { isTextKey } from '../text/text';
import { useMe } from '../api/me';
import { useAnswer } from '../kit/use-answer';
import { todayIn } from '../text/dates';
import { lengthOf, timeOfDay } from '../text/moments';
import { inGroups } from '../text/phone-number';
import { useText } from '../text/text';
import { instantIn } from './field-values';
import { useHotdesk } from './hotdesk';
import classes from './hotdesk.module.css';
import { VoicePlayer } from './voice-player';

interface Call {
  id: number;
  pbxId: string;
  callId: string;
  number: string;
  result?: string;
  arrivedAt: string;
  answeredAt?: string;
  endedAt?: string;
  answeredBy?: string;
}

/** Today's calls and their recordings; who plays one says why. */
export function CallsToday() {
  const { say, language } = useText();
  const { may } = useMe();
  const { desk, organizationId } = useHotdesk();
  const [reason, setReason] = useState('');
  const zone = desk?.timeZone;
  const mayPlay = may('recording.play') && desk?.own !== undefined;
  const today = zone && todayIn(zone);
  const from = today && zone ? instantIn(today, '00:00', zone) : undefined;
  const query = from && new URLSearchParams({ from, to: dayAfter(from) }).toString();
  const { answer } = useAnswer<{ calls: Call[] }>(query && `/hotline/calls?${query}`, {
    everyMs: 15_000,
  });
  if (!zone) return null;
  const calls = [...(answer?.calls ?? [])].reverse();
  const nameOf = (extension: string | undefined): string =>
    desk.counsellors.find((one) => one.extension === extension)?.name ?? extension ?? '-';
  return (
    <section className={classes.section} aria-label={say('super.calls')} data-organization={organizationId}>
      <Title order={2} size="h4" mb="xs">
        {say('super.calls')}
      </Title>
      {calls.length === 0 ? (
        <Text>{say('super.noCalls')}</Text>
      ) : (
        <>
          {mayPlay && (
            <TextInput
              label={say('super.hearReason')}
              description={say('super.hearHint')}
              value={reason}
              maxLength={300}
              maw="30rem"
              mb="sm"
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          )}
          <div className={classes.scroll} tabIndex={0} role="region" aria-label={say('super.calls')}>
            <table className={classes.rows}>
              <thead>
                <tr>
                  <th>{say('super.arrived')}</th>
                  <th>{say('task.number')}</th>
                  <th>{say('super.result')}</th>
                  <th>{say('find.by')}</th>
                  <th>{say('super.talk')}</th>
                  <th>{say('super.recording')}</th>
                </tr>
              </thead>
              <tbody>
                {calls.map((call) => (
                  <tr key={call.id}>
                    <td>{timeOfDay(new Date(call.arrivedAt), zone, language)}</td>
                    <td>{call.number === '' ? say('task.hidden') : inGroups(call.number)}</td>
                    <td>{resultWords(call.result)}</td>
                    <td>{nameOf(call.answeredBy)}</td>
                    <td>
                      {call.answeredAt && call.endedAt
                        ? lengthOf(Date.parse(call.endedAt) - Date.parse(call.answeredAt), language)
                        : '-'}
                    </td>
                    <td>
                      {mayPlay && call.answeredAt && (
                        <VoicePlayer
                          {...{
                            pbxId: call.pbxId,
                            callId: call.callId,
                            kind: 'recording',
                            reason: reason.trim(),
                          }}
                          words={say('super.hear')}
                        />
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </section>
  );

  function resultWords(result: string | undefined): string {
    const key = `super.result.${result ?? 'underway'}`;
    return isTextKey(key) ? say(key) : (result ?? '');
  }
}

/** A day is never longer than this in any zone of ours. */
function dayAfter(from: string): string {
  return new Date(Date.parse(from) + 86_400_000).toISOString();
}
