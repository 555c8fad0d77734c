import { Alert, Anchor, Button, Text } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { ask, tellFailure } from '../api/client';
import { momentOf } from '../text/moments';
import { useText } from '../text/text';
import { useCardWords } from './use-card-words';
import classes from './hotdesk.module.css';
import { triageSigns } from './signs';

export interface CardFilter {
  text?: string;
  mine?: boolean;
  state?: 'draft' | 'finished';
  pressing?: boolean;
}

interface Line {
  id: number;
  receivedAt: string;
  receivedBy?: { name: string };
  state: 'draft' | 'finished';
  triage?: string;
  name: string;
  kana: string;
  mainTrouble?: string;
}

interface Place {
  receivedAt: string;
  id: number;
}

/** Cards that a filter finds, the newest first, page by page. */
export function CardList({
  filter,
  none,
  brief = false,
}: {
  filter: CardFilter;
  none: string;
  brief?: boolean;
}) {
  const { say, language } = useText();
  const { organizationId, zone, choices } = useCardWords();
  const [cards, setCards] = useState<Line[]>();
  const [next, setNext] = useState<Place>();
  const [failure, setFailure] = useState<unknown>();
  const latest = useRef(0);
  const key = JSON.stringify(filter);
  const read = useCallback(
    async (after?: Place) => {
      if (organizationId === undefined) return;
      const question = ++latest.current;
      try {
        const body = { ...(JSON.parse(key) as CardFilter), ...(after && { after }), limit: brief ? 10 : 30 };
        const found = await ask<{ cards: Line[]; next?: Place }>(
          'POST',
          `/organizations/${organizationId}/cards/search`,
          body,
        );
        // An answer to what was asked before says nothing about what is asked now.
        if (question !== latest.current) return;
        setCards((before) => [...(after ? (before ?? []) : []), ...found.cards]);
        setNext(found.next);
        setFailure(undefined);
      } catch (error) {
        if (question === latest.current) setFailure(error);
      }
    },
    [organizationId, key, brief],
  );
  useEffect(() => {
    const first = setTimeout(() => void read());
    return () => clearTimeout(first);
  }, [read]);
  const now = new Date();
  const triageOf = (triage: string | undefined): string =>
    triage === undefined ? '' : `${triageSigns[triage] ?? ''} ${choices?.triage[triage]?.label ?? ''}`;
  const troubleOf = (trouble: string | undefined): string =>
    (choices?.choices.troubles as Record<string, string> | undefined)?.[trouble ?? ''] ?? '';
  const nameOf = ({ id, name }: Line): string => name || `${say('card.noName')}（${id}）`;
  return (
    <>
      {failure !== undefined && (
        <Alert color="red" variant="outline" role="alert">
          {tellFailure(failure, say)}
        </Alert>
      )}
      {cards?.length === 0 && next === undefined && <Text>{none}</Text>}
      {cards && cards.length > 0 && brief && (
        <ul className={classes.timeline}>
          {cards.map((card) => (
            <li key={card.id}>
              <Anchor component={Link} to={`/cards/${card.id}`}>
                {`${momentOf(new Date(card.receivedAt), now, zone, language)}　${nameOf(card)}　${triageOf(card.triage)}`}
              </Anchor>
            </li>
          ))}
        </ul>
      )}
      {cards && cards.length > 0 && !brief && (
        <div className={classes.scroll} tabIndex={0} role="region" aria-label={say('find.title')}>
          <table className={`${classes.rows} ${classes.stack}`} data-testid="cards">
            <thead>
              <tr>
                {(['when', 'who', 'triage', 'trouble', 'state', 'by'] as const).map((column) => (
                  <th key={column}>{say(`find.${column}`)}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {cards.map((card) => (
                <tr key={card.id}>
                  <td className={classes.nowrap}>
                    {momentOf(new Date(card.receivedAt), now, zone, language)}
                  </td>
                  <td>
                    <Anchor component={Link} to={`/cards/${card.id}`}>
                      {nameOf(card)}
                    </Anchor>
                    {card.kana !== '' && <Text size="sm">{card.kana}</Text>}
                  </td>
                  <td>{triageOf(card.triage)}</td>
                  <td>{troubleOf(card.mainTrouble)}</td>
                  <td>{say(card.state === 'draft' ? 'card.draft' : 'card.done')}</td>
                  <td>{card.receivedBy?.name ?? '-'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {next && (
        <Button variant="default" mt="sm" onClick={() => void read(next)}>
          {say('list.more')}
        </Button>
      )}
    </>
  );
}
