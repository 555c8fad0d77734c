import { Button, Group, Stack } from '@mantine/core';
import { useCallback, useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useAction } from '../kit/use-action';
import { useText } from '../text/text';
import type { CardChoices } from './hotdesk';

export interface CaseFormProps {
  /** Of the case, below /api. */
  path: string;
  choices: CardChoices;
  zone: string;
  onDone: () => Promise<void>;
  onCancel: () => void;
}

/** A small form on a case: the cursor goes to its first field, and Ctrl+Enter sends it. */
export function CaseForm({
  submit,
  send,
  onCancel,
  children,
}: {
  submit: string;
  send: () => Promise<void>;
  onCancel: () => void;
  children: ReactNode;
}) {
  const { say } = useText();
  const place = useRef<HTMLFormElement>(null);
  useEffect(() => {
    place.current?.querySelector<HTMLElement>('input, select, textarea')?.focus();
  }, []);
  const { run, isBusy } = useAction(useCallback(() => send(), [send]));
  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !event.ctrlKey) return;
    event.preventDefault();
    place.current?.requestSubmit();
  };
  return (
    <form
      ref={place}
      onKeyDown={press}
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
    >
      <Stack gap="xs">
        {children}
        <Group gap="xs">
          <Button type="submit" loading={isBusy}>
            {submit}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {say('action.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** A closed list for a select. */
export function optionsOf(list: Readonly<Record<string, string>>): { value: string; label: string }[] {
  return Object.entries(list).map(([value, label]) => ({ value, label }));
}
