import { Alert, Button, Group, Title } from '@mantine/core';
import { useCallback, useEffect, useRef, type KeyboardEvent } from 'react';
import { cardForm, firstField } from '../../../src/consultations/card-form';
import { useAction } from '../kit/use-action';
import { useNotices } from '../kit/notices';
import { momentOf, timeOfDay } from '../text/moments';
import { useText } from '../text/text';
import { cardDesk, type OpenCard } from './card-desk';
import { CardField } from './card-field';
import { Conflicts } from './conflicts';
import type { CardChoices } from './hotdesk';
import classes from './hotdesk.module.css';

/** The card as it is written with a caller on the line: by keyboard alone, in the order of a talk. */
export function CardForm({ open, choices, zone }: { open: OpenCard; choices: CardChoices; zone: string }) {
  const { say, language } = useText();
  const { tell } = useNotices();
  const { card, state, problems } = open;
  const form = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const first = form.current?.querySelector<HTMLElement>(`[data-field="${firstField}"]`);
    first?.focus({ preventScroll: true });
  }, []);
  const save = async (): Promise<void> => {
    if (await cardDesk.save(card.id)) tell(say('card.saved'));
  };
  const { run: move, isBusy } = useAction(
    useCallback(
      async (to: 'finish' | 'reopen') => {
        await cardDesk.move(card.id, to);
        const now = cardDesk.get(card.id)?.card.state;
        if (to === 'finish' && now === 'finished') {
          tell(say('card.finished'), () => void cardDesk.move(card.id, 'reopen'));
        }
        if (to === 'reopen' && now === 'draft') tell(say('card.reopened'));
      },
      [card.id, tell, say],
    ),
  );
  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !event.ctrlKey) return;
    event.preventDefault();
    void save();
  };
  const now = new Date();
  const missing = Object.values(problems);
  return (
    <div ref={form} onKeyDown={press}>
      {open.conflicts.length > 0 && <Conflicts open={open} choices={choices} />}
      {card.state === 'finished' && (
        <Alert color="blue" variant="outline" mb="sm">
          {say('card.finishedNote')}
        </Alert>
      )}
      {cardForm.map(({ key, title, fields }) => (
        <section key={key} className={classes.section} aria-label={title}>
          <Title order={2} size="h4" mb="xs">
            {title}
          </Title>
          <div className={classes.fields}>
            {fields.map((field) => (
              <div key={field.path} className={field.wide ? classes.wide : undefined}>
                <CardField open={open} field={field} choices={choices} zone={zone} />
              </div>
            ))}
          </div>
        </section>
      ))}
      {missing.length > 0 && (
        <Alert color="red" variant="outline" role="alert" mb="sm">
          <strong>{say('card.missing')}</strong>
          {missing.map((words) => (
            <div key={words}>{words}</div>
          ))}
        </Alert>
      )}
      <div className={classes.bar}>
        <span role="status" data-testid="save-state" data-state={state}>
          {say(`card.state.${state}`, { time: timeOfDay(new Date(card.savedAt), zone, language, true) })}
          {'　'}
          {say('card.received', {
            time: momentOf(new Date(card.receivedAt), now, zone, language),
            name: card.receivedBy?.name ?? say('card.nobody'),
          })}
        </span>
        <Group gap="xs">
          <Button variant="default" onClick={() => void save()} disabled={card.state === 'finished'}>
            {say('card.saveNow')}
          </Button>
          <Button variant="default" onClick={() => window.print()}>
            {say('action.print')}
          </Button>
          {card.state === 'draft' ? (
            <Button onClick={() => void move('finish')} loading={isBusy}>
              {say('card.finish')}
            </Button>
          ) : (
            <Button onClick={() => void move('reopen')} loading={isBusy}>
              {say('card.reopen')}
            </Button>
          )}
        </Group>
      </div>
    </div>
  );
}
