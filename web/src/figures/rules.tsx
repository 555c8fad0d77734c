import { List } from '@mantine/core';
import { useText } from '../text/text';
import type { FiguresAnswer } from './answer';
import classes from './figures.module.css';

/** How each figure is counted; the service says it in Japanese, as the rules themselves are. */
export function Rules({ of: { rules } }: { of: FiguresAnswer }) {
  const { say } = useText();
  return (
    <section className={classes.section} aria-label={say('figures.rules')}>
      <h2>{say('figures.rules')}</h2>
      <List lang="ja" size="sm" spacing={4}>
        {Object.entries(rules).map(([name, text]) => (
          <List.Item key={name}>{text}</List.Item>
        ))}
      </List>
    </section>
  );
}
