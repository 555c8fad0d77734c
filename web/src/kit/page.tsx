import { Container, Group, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** One page: what it is about, what can be done with all of it, and its content. */
export function PageFrame({
  title,
  actions,
  wide = false,
  children,
}: {
  title: string;
  actions?: ReactNode;
  /** For wide tables. */
  wide?: boolean;
  children: ReactNode;
}) {
  return (
    <Container size={wide ? '100rem' : '70rem'} py="md" px="md">
      <title>{title}</title>
      <Group justify="space-between" align="flex-end" mb="md" gap="sm">
        <Title order={1} size="h2">
          {title}
        </Title>
        {actions !== undefined && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Container>
  );
}
