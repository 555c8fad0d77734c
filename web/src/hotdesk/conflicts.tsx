import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { labelOf } from '../../../src/consultations/card-form';
import { useText } from '../text/text';
import { cardDesk, type OpenCard } from './card-desk';
import type { CardChoices } from './hotdesk';
import classes from './hotdesk.module.css';
import { wordsOf } from './value-words';

/** What two people wrote in one field, side by side: nobody's words are lost. */
export function Conflicts({ open, choices }: { open: OpenCard; choices: CardChoices }) {
  const { say } = useText();
  const { card } = open;
  return (
    <Alert color="red" variant="outline" role="alert" mb="sm">
      <Stack>
        <Text fw={700}>{say('card.state.conflict')}</Text>
        {open.conflicts.map((conflict) => {
          const { path, mine, theirs } = conflict;
          const isText = typeof mine === 'string' && typeof theirs === 'string';
          return (
            <section key={path} aria-label={labelOf(path, choices.labels)}>
              <Text fw={700}>{labelOf(path, choices.labels)}</Text>
              <Text className={classes.prewrap}>
                {`${say('card.conflictOf', { name: card.savedBy?.name ?? '' })}：`}
                {wordsOf(path, theirs, choices) || say('card.nothingWritten')}
              </Text>
              <Text className={classes.prewrap}>
                {`${say('card.mine')}：`}
                {wordsOf(path, mine, choices) || say('card.nothingWritten')}
              </Text>
              <Group gap="xs" mt={4}>
                <Button size="compact-md" onClick={() => cardDesk.settle(card.id, conflict, 'mine')}>
                  {say('card.takeMine')}
                </Button>
                <Button
                  size="compact-md"
                  variant="default"
                  onClick={() => cardDesk.settle(card.id, conflict, 'theirs')}
                >
                  {say('card.takeTheirs')}
                </Button>
                {isText && (
                  <Button
                    size="compact-md"
                    variant="default"
                    onClick={() => cardDesk.settle(card.id, conflict, 'both')}
                  >
                    {say('card.takeBoth')}
                  </Button>
                )}
              </Group>
            </section>
          );
        })}
      </Stack>
    </Alert>
  );
}
