import { Group, Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';

export type StateLook = 'good' | 'notice' | 'warning' | 'bad' | 'over';

/** A shape and a colour for each: the word beside them says the same. */
const looks: Readonly<Record<StateLook, { mark: string; colour: string }>> = {
  good: { mark: '○', colour: 'var(--green)' },
  notice: { mark: '◇', colour: 'var(--blue)' },
  warning: { mark: '△', colour: 'var(--yellow)' },
  bad: { mark: '×', colour: 'var(--red)' },
  over: { mark: '―', colour: 'var(--dim)' },
};

/** A state in a word, with its shape and colour. */
export function StateWord({ look, children }: { look: StateLook; children: ReactNode }) {
  const { mark, colour } = looks[look];
  return (
    <Text component="span" size="sm" fw={700} c={colour} bd={`1px solid ${colour}`} px={6}>
      <span aria-hidden>{mark} </span>
      {children}
    </Text>
  );
}

/** Something in a state, with what there is to say about it. */
export function StateBox({
  look,
  title,
  testId,
  children,
}: {
  look: StateLook;
  title: string;
  testId: string;
  children: ReactNode;
}) {
  const { mark, colour } = looks[look];
  return (
    <Paper p="sm" bd={`2px solid ${colour}`} data-testid={testId}>
      <Group gap={6} wrap="nowrap" align="baseline">
        <Text component="span" fw={700} c={colour} aria-hidden>
          {mark}
        </Text>
        <Text component="span" fw={700} c={colour}>
          {title}
        </Text>
      </Group>
      {children}
    </Paper>
  );
}
