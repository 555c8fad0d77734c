import { useCallback, useState } from 'react';
import { Link, useParams } from 'react-router';
import type { CloseReason } from '../../../src/alerts/alert-work';
import { ask } from '../api/client';
import { useMe, useZone } from '../api/me';
import { AnswerView } from '../kit/answer-view';
import { useNotices } from '../kit/notices';
import { PageFrame } from '../kit/page';
import { ReasonGate } from '../kit/reason-gate';
import { useAction } from '../kit/use-action';
import { useAnswer } from '../kit/use-answer';
import { momentOf } from '../text/moments';
import { inGroups } from '../text/phone-number';
import { useText } from '../text/text';
import { AlertStory } from './alert-story';
import { CallBar } from './call-bar';
import styles from './desk.module.css';
import { NoteForm } from './note-form';
import { RecordPanel } from './record-panel';
import { StateMark } from './state-mark';
import type { AlertDetailsTold } from './told';
import { useCall } from './use-call';

/** One alert: who it is about, who sees to it, what was done, and what can be done now. */
export function AlertPage() {
  const { id } = useParams();
  return <ReasonGate>{(reason) => <Loaded id={id ?? ''} reason={reason} />}</ReasonGate>;
}

function Loaded({ id, reason }: { id: string; reason: string | undefined }) {
  const alert = useAnswer<AlertDetailsTold>(`/alerts/${encodeURIComponent(id)}`, { everyMs: 7000, reason });
  return <AnswerView of={alert}>{(told) => <Details alert={told} reload={alert.reload} />}</AnswerView>;
}

function Details({ alert, reload }: { alert: AlertDetailsTold; reload: () => Promise<void> }) {
  const { say, language } = useText();
  const zone = useZone();
  const { may, state: me } = useMe();
  const { tell } = useNotices();
  const [panel, setPanel] = useState<'record' | 'note'>();
  const { id, person, owner } = alert;
  const ended = useCallback(() => void reload(), [reload]);
  const call = useCall(ended);
  const step = useAction(
    useCallback(
      async (name: 'take' | 'reopen', body: object, words: string) => {
        try {
          await ask('POST', `/alerts/${id}/${name}`, body);
          tell(words);
        } finally {
          await reload();
        }
      },
      [id, reload, tell],
    ),
  );
  const close = useAction(
    useCallback(
      async (why: CloseReason, words: string) => {
        await ask('POST', `/alerts/${id}/close`, { reason: why, words });
        setPanel(undefined);
        tell(
          say('done.recorded', { name: person.name, what: say(`done.${why}`) }),
          () => void step.run('reopen', {}, say('action.undone')),
        );
        await reload();
      },
      [id, person.name, reload, say, step, tell],
    ),
  );
  const phone = useAction(
    useCallback(
      async (position: number) => {
        await call.start(person.id, person.name, position);
        await reload();
      },
      [call, person.id, person.name, reload],
    ),
  );
  const mayAct = may('alert.handle');
  const mine = me.kind === 'in' && owner?.id === me.me.user.id;
  const isOpen = alert.state === 'open';
  return (
    <PageFrame
      title={person.name}
      actions={
        <Link className={styles.plain} to="/alerts">
          {say('alerts.back')}
        </Link>
      }
    >
      <CallBar of={call.current} onClose={call.forget} />
      <div className={styles.person}>
        <StateMark state={alert.reason} />
        <span className={styles.kana}>{person.kana}</span>
        <span>{say('line.member', { number: person.memberNumber })}</span>
        <span>{alert.station.name}</span>
        <span>{momentOf(new Date(alert.openedAt), new Date(), zone, language)}</span>
      </div>
      <p className={styles.sentence} data-mark={isOpen && !owner ? 'act' : undefined} data-testid="owner">
        {!isOpen
          ? say('alerts.closedAs', { what: say(`done.${alert.closeReason ?? 'other'}`) })
          : mine
            ? say('alerts.mine')
            : owner
              ? say('line.owner', { name: owner.name })
              : say('alerts.nobodyYet')}
      </p>
      {mayAct && (
        <div className={`${styles.buttons} no-print`}>
          {isOpen && !mine && (
            <button
              type="button"
              className={owner ? styles.plain : styles.chip}
              disabled={step.isBusy}
              onClick={() =>
                void step.run(
                  'take',
                  { takeOver: owner !== undefined },
                  say('alerts.taken', { name: person.name }),
                )
              }
            >
              {say(owner ? 'alerts.takeOver' : 'alerts.take')}
            </button>
          )}
          {person.numbers.map((number, index) => (
            <button
              key={number}
              type="button"
              className={styles.plain}
              onClick={() => void phone.run(index + 1)}
            >
              {say('alerts.callNumber', { number: inGroups(number) })}
            </button>
          ))}
          {isOpen && (
            <button
              type="button"
              className={styles.chip}
              aria-expanded={panel === 'record'}
              onClick={() => setPanel(panel === 'record' ? undefined : 'record')}
            >
              {say('line.record')}
            </button>
          )}
          <button
            type="button"
            className={styles.plain}
            aria-expanded={panel === 'note'}
            onClick={() => setPanel(panel === 'note' ? undefined : 'note')}
          >
            {say('alerts.note')}
          </button>
          {!isOpen && (
            <button
              type="button"
              className={styles.plain}
              disabled={step.isBusy}
              onClick={() => void step.run('reopen', {}, say('alerts.reopened'))}
            >
              {say('alerts.reopen')}
            </button>
          )}
        </div>
      )}
      {panel === 'record' && (
        <RecordPanel
          isBusy={close.isBusy}
          onDone={(why, words) => void close.run(why, words)}
          onCancel={() => setPanel(undefined)}
        />
      )}
      {panel === 'note' && (
        <NoteForm
          alertId={id}
          onDone={() => {
            setPanel(undefined);
            void reload();
          }}
        />
      )}
      <h2 className={styles.group}>{say('alerts.history')}</h2>
      <AlertStory alert={alert} />
    </PageFrame>
  );
}
