import { Button, Checkbox, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useMe } from '../api/me';
import { PageFrame } from '../kit/page';
import { useText } from '../text/text';
import { CardList } from './card-list';
import classes from './hotdesk.module.css';
import { NewCard } from './new-card';

/** All cards: looked for by words, and by what still has to be done. */
export function CardsPage() {
  const { say } = useText();
  const { may } = useMe();
  const [typed, setTyped] = useState('');
  const [text, setText] = useState('');
  const [mine, setMine] = useState(false);
  const [drafts, setDrafts] = useState(false);
  const [pressing, setPressing] = useState(false);
  return (
    <PageFrame title={say('find.title')} actions={may('card.edit') ? <NewCard /> : undefined} wide>
      <form
        className={classes.section}
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          setText(typed.trim());
        }}
      >
        <Group align="flex-end" gap="sm">
          <TextInput
            label={say('find.text')}
            value={typed}
            maxLength={100}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Button type="submit">{say('find.go')}</Button>
          {may('card.edit') && (
            <Checkbox
              label={say('find.mine')}
              checked={mine}
              onChange={(event) => setMine(event.currentTarget.checked)}
            />
          )}
          <Checkbox
            label={say('find.open')}
            checked={drafts}
            onChange={(event) => setDrafts(event.currentTarget.checked)}
          />
          <Checkbox
            label={say('find.pressing')}
            checked={pressing}
            onChange={(event) => setPressing(event.currentTarget.checked)}
          />
        </Group>
      </form>
      <CardList
        filter={{ text, mine, pressing, ...(drafts && { state: 'draft' }) }}
        none={say('find.none')}
      />
    </PageFrame>
  );
}
