import { Fragment } from 'react';
import { storedAt, type CardOnScreen } from '../../../src/consultations/card-edits';
import { cardForm, labelOf } from '../../../src/consultations/card-form';
import { dayOf, timeOfDay } from '../text/moments';
import { useText } from '../text/text';
import type { CardChoices } from './hotdesk';
import classes from './hotdesk.module.css';
import { wordsOf } from './value-words';

/** The card on paper: only what is filled in. On a screen it is not seen, unless it is all that may be read. */
export function CardSheet({
  card,
  choices,
  zone,
  onScreen = false,
}: {
  card: CardOnScreen;
  choices: CardChoices;
  zone: string;
  onScreen?: boolean;
}) {
  const { say, language } = useText();
  const received = new Date(card.receivedAt);
  return (
    <div className={onScreen ? undefined : classes.sheet} aria-hidden={onScreen ? undefined : true}>
      <p>
        {say('card.received', {
          time: `${dayOf(received, zone, language)} ${timeOfDay(received, zone, language)}`,
          name: card.receivedBy?.name ?? say('card.nobody'),
        })}
      </p>
      <table className={classes.rows}>
        <tbody>
          {cardForm.map(({ key, title, fields }) => {
            const said = fields
              .map(({ path }) => ({ path, words: wordsOf(path, storedAt(card, path), choices) }))
              .filter(({ words }) => words !== '');
            if (said.length === 0) return null;
            return (
              <Fragment key={key}>
                <tr>
                  <th colSpan={2}>{title}</th>
                </tr>
                {said.map(({ path, words }) => (
                  <tr key={path}>
                    <th scope="row">{labelOf(path, choices.labels)}</th>
                    <td className={classes.prewrap}>{words}</td>
                  </tr>
                ))}
              </Fragment>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
