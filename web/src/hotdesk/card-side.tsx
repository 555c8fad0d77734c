import { Anchor, Stack, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import type { KnownSubscriber, NumberFacts } from '../../../src/consultations/card-view';
import { momentOf } from '../text/moments';
import { inGroups } from '../text/phone-number';
import { useText } from '../text/text';
import { CasePanel } from './case-panel';
import type { OpenCard } from './card-desk';
import { EnrolPanel } from './enrol-panel';
import type { CardChoices } from './hotdesk';
import classes from './hotdesk.module.css';
import { triageSigns } from './signs';

/** Beside a card: what is known by the caller's number, and the case that it belongs to. */
export function CardSide({ open, choices, zone }: { open: OpenCard; choices: CardChoices; zone: string }) {
  const { card, known } = open;
  return (
    <div>
      {known && (
        <Known
          isCall={card.channel === 'phone'}
          number={card.content.callerNumber}
          known={known}
          choices={choices}
          zone={zone}
        />
      )}
      <CasePanel card={card} known={known} choices={choices} zone={zone} />
      <EnrolPanel card={card} />
    </div>
  );
}

function Known({
  isCall,
  number,
  known,
  choices,
  zone,
}: {
  isCall: boolean;
  number: string | null | undefined;
  known: NumberFacts;
  choices: CardChoices;
  zone: string;
}) {
  const { say, language } = useText();
  const { subscribers, earlierCards, openTasks } = known;
  const isUnknown = [subscribers, earlierCards, openTasks, known.cases].every(({ length }) => length === 0);
  const now = new Date();
  // Over the wire every moment is text.
  const moment = (at: Date): string => momentOf(new Date(at), now, zone, language);
  return (
    <section className={classes.section} aria-label={say('card.known')} data-testid="known">
      <Title order={2} size="h4" mb="xs">
        {say('card.known')}
      </Title>
      <Stack gap={6}>
        <Text fw={700}>
          {number ? say('card.caller', { number: inGroups(number) }) : isCall && say('card.hidden')}
        </Text>
        {number && isUnknown && <Text size="sm">{say('card.unknown')}</Text>}
        {subscribers.map((one) => (
          <Subscriber key={one.id} subscriber={one} />
        ))}
        {openTasks.length > 0 && (
          <Text size="sm">{`${say('card.openTasks')} ${openTasks.length}${say('unit.items')}`}</Text>
        )}
        {earlierCards.length > 0 && (
          <div>
            <Text size="sm" fw={700}>
              {say('card.earlier')}
            </Text>
            {earlierCards.map(({ id, receivedAt, name, triage, mainTrouble }) => (
              <div key={id}>
                <Anchor component={Link} to={`/cards/${id}`} size="sm">
                  {[
                    moment(receivedAt),
                    name,
                    triage && `${triageSigns[triage]}${choices.triage[triage]?.label ?? ''}`,
                    mainTrouble && (choices.choices.troubles as Record<string, string>)[mainTrouble],
                  ]
                    .filter(Boolean)
                    .join('　')}
                </Anchor>
              </div>
            ))}
          </div>
        )}
      </Stack>
    </section>
  );
}

function Subscriber({ subscriber }: { subscriber: KnownSubscriber }) {
  const { say } = useText();
  const { name, kana, memberNumber, stationName, openAlerts } = subscriber;
  return (
    <div>
      <Text size="sm" fw={700}>
        {`${say('card.subscriber')}：${name}（${kana}）`}
      </Text>
      <Text size="sm">{`${stationName}　${memberNumber}`}</Text>
      {openAlerts.length > 0 && (
        <Text size="sm" c="var(--red)" fw={700}>
          {say('card.openAlerts', { count: openAlerts.length })}
        </Text>
      )}
    </div>
  );
}
