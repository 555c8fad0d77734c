import { Link, useNavigate } from 'react-router';
import { ActionIcon, Group } from '@mantine/core';
import { useText } from '../text/text';
import { shownAt } from '../../../src/consultations/card-edits';
import { cardDesk, type OpenCard } from './card-desk';
import classes from './hotdesk.module.css';

/** The cards that lie open side by side: the one before may be written to its end while somebody else calls. */
export function CardTabs({ all, current }: { all: readonly OpenCard[]; current: number }) {
  const { say } = useText();
  const navigate = useNavigate();
  const close = async (cardId: number): Promise<void> => {
    if (!(await cardDesk.close(cardId))) return;
    if (cardId !== current) return;
    const next = cardDesk.all().at(-1);
    void navigate(next ? `/cards/${next.card.id}` : '/desk');
  };
  return (
    <nav aria-label={say('card.tabs')}>
      <ul className={classes.tabs}>
        {all.map((open) => {
          const name = nameOf(open) || say('card.noName');
          return (
            <li key={open.card.id}>
              <Group gap={2} wrap="nowrap">
                <Link
                  to={`/cards/${open.card.id}`}
                  aria-current={open.card.id === current ? 'page' : undefined}
                >
                  {`${open.callId === undefined ? '' : '☎ '}${open.card.id} ${name}`}
                </Link>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={say('card.closeTab', { name: `${open.card.id} ${name}` })}
                  onClick={() => void close(open.card.id)}
                >
                  ×
                </ActionIcon>
              </Group>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

function nameOf({ card, edits }: OpenCard): string {
  const name = shownAt(card, edits, 'principal.name');
  return typeof name === 'string' ? name : '';
}
